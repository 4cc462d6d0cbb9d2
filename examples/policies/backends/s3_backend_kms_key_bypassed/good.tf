# remedy
terraform {
  backend "s3" {
    bucket       = "acme-prod-terraform-state"
    key          = "prod/network.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
    kms_key_id   = "arn:aws:kms:eu-central-1:123456789012:alias/terraform-state"
  }
}
# end remedy

provider "aws" {
  region = "eu-central-1"
}

resource "aws_s3_bucket" "state" {
  bucket = "acme-prod-terraform-state"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "arn:aws:kms:eu-central-1:123456789012:alias/terraform-state"
    }
  }
}
