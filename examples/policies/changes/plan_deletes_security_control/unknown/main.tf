# The new block may be for the same bucket.
resource "aws_s3_bucket" "reports" {
  bucket = "acme-shop-reports"
}

resource "terraform_data" "bucket" {
  input = timestamp()
}

resource "aws_s3_bucket_public_access_block" "other" {
  bucket                  = terraform_data.bucket.output
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
