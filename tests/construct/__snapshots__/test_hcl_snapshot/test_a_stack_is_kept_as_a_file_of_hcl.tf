terraform {
  required_version = ">= 1.10"
}

resource "aws_s3_bucket" "reports" {
  bucket = "example-reports"

  tags = {
    Owner = "reporting"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {
      prefix = "daily/"
    }

    expiration {
      days = 30
    }
  }
}
