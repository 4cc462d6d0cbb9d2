terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    key          = "prod/state.tfstate"
    region       = "us-east-1"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = "eu-central-1"
}

# The bucket is here, so its region is known.
resource "aws_s3_bucket" "state" {
  bucket = "acme-terraform-state"
}
