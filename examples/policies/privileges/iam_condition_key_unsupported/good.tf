resource "aws_iam_policy" "reader" {
  name = "reader"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "s3:ListBucket"
      Resource  = "arn:aws:s3:::acme-reports"
      Condition = { StringLike = { "s3:prefix" = "reports/*" } }
    }]
  })
}
