variable "region" {
  type = string
}

provider "aws" {
  region = var.region
}

# The environment decides: AWS_REGION, or the profile.
provider "aws" {
  alias = "local"
}
