variable "reader" {
  description = "ARN of the principal that reads the bucket."
  type        = string
}

resource "aws_s3_bucket_policy" "inbox" {
  bucket = "acme-inbox"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = var.reader }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::acme-inbox/*"
    }]
  })
}
