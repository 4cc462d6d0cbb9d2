provider "aws" {
  region = "eu-central-1"
}

variable "second_region" {
  type    = string
  default = "eu-west-1"
}

provider "aws" {
  alias  = "second"
  region = var.second_region
}
