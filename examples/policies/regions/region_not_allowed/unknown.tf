variable "region" {
  type = string
}

provider "aws" {
  region = var.region
}

# The Region is that of the environment: AWS_REGION or the profile.
provider "aws" {
  alias = "local"
}
