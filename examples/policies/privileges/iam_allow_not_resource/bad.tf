# All buckets except one: a new bucket for secrets is readable from its creation.
data "aws_iam_policy_document" "reader" {
  statement {
    actions       = ["s3:GetObject"]
    not_resources = ["arn:aws:s3:::acme-secrets/*"]
  }
}

resource "aws_iam_policy" "reader" {
  name   = "reader"
  policy = data.aws_iam_policy_document.reader.json
}
