variable "region" {
  type = string
}

provider "aws" {
  region = var.region
}

# Of the form of a region, and maybe opened after the table was made.
provider "aws" {
  alias  = "new"
  region = "eu-south-9"
}
