resource "aws_s3_bucket" "reports" {
  bucket = "acme-reports"
}

# The administrators of that account decide which of its roles read the reports.
data "aws_iam_policy_document" "partner" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.reports.arn}/*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:root"]
    }
  }
}

resource "aws_s3_bucket_policy" "reports" {
  bucket = aws_s3_bucket.reports.id
  policy = data.aws_iam_policy_document.partner.json
}

resource "aws_s3_bucket" "archive" {
  bucket = "acme-archive"
}

# The condition limits `*` to one account, and to none of its principals.
resource "aws_s3_bucket_policy" "archive" {
  bucket = aws_s3_bucket.archive.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["s3:Get*", "s3:List*"]
      Resource  = ["arn:aws:s3:::acme-archive", "arn:aws:s3:::acme-archive/*"]
      Condition = { StringEquals = { "aws:PrincipalAccount" = "444455556666" } }
    }]
  })
}
