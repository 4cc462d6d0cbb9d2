# The block has another address, and the bucket is never without one.
resource "aws_s3_bucket" "reports" {
  bucket = "acme-shop-reports"
}

resource "aws_s3_bucket_public_access_block" "all_reports" {
  bucket                  = "acme-shop-reports"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
