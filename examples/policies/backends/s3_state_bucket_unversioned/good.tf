terraform {
  backend "s3" {
    bucket       = "acme-prod-terraform-state"
    key          = "prod/network.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = "eu-central-1"
}

resource "aws_s3_bucket" "state" {
  bucket = "acme-prod-terraform-state"
}

# remedy
resource "aws_s3_bucket_versioning" "state" {
  bucket = aws_s3_bucket.state.id

  versioning_configuration {
    status = "Enabled"
  }
}
# end remedy
