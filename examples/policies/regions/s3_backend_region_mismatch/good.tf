terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    key          = "prod/state.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }
}

# Most of the stack is in another Region, but the bucket is in that of the backend.
provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "frankfurt"
  region = "eu-central-1"
}

resource "aws_s3_bucket" "state" {
  provider = aws.frankfurt
  bucket   = "acme-terraform-state"
}
