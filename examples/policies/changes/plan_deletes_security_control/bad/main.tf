# The bucket remains without its public access block.
resource "aws_s3_bucket" "reports" {
  bucket = "acme-shop-reports"
}
