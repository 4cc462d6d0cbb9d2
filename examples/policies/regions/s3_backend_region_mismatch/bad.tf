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

# The stack defines the bucket, so its Region is known.
resource "aws_s3_bucket" "state" {
  bucket = "acme-terraform-state"
}
