provider "aws" {
  region = "eu-west-1"
}

variable "bucket" {
  type = string
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = var.bucket

  rule {
    id     = "expire"
    status = "Enabled"
  }
}
