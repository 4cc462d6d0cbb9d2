variable "cost_center" {
  description = "Cost center whose buckets these are."
  type        = string
}

data "aws_iam_policy_document" "buckets" {
  statement {
    actions   = ["s3:CreateBucket", "s3:TagResource"]
    resources = ["arn:aws:s3:::acme-*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/CostCenter"
      values   = [var.cost_center]
    }
  }
}

resource "aws_iam_policy" "buckets" {
  name   = "buckets"
  policy = data.aws_iam_policy_document.buckets.json
}
