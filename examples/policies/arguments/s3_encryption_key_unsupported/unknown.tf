provider "aws" {
  region = "eu-central-1"
}

variable "algorithm" {
  type = string
}

resource "aws_s3_bucket_server_side_encryption_configuration" "reports" {
  bucket = "example-reports"

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = var.algorithm
      kms_master_key_id = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
    }
  }
}
