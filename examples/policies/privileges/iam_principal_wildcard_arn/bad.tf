# Amazon S3 rejects this policy at apply.
resource "aws_s3_bucket_policy" "inbox" {
  bucket = "acme-inbox"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/reader-*" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::acme-inbox/*"
    }]
  })
}
