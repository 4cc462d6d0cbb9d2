data "aws_iam_policy_document" "buckets" {
  statement {
    actions   = ["s3:CreateBucket", "s3:TagResource"]
    resources = ["arn:aws:s3:::acme-*"]

    condition {
      test     = "StringLike"
      variable = "aws:RequestTag/CostCenter"
      values   = ["cc-*"]
    }

    condition {
      test     = "Null"
      variable = "aws:RequestTag/Owner"
      values   = ["false"]
    }
  }
}

resource "aws_iam_policy" "buckets" {
  name   = "buckets"
  policy = data.aws_iam_policy_document.buckets.json
}
