data "aws_iam_policy_document" "buckets" {
  statement {
    actions   = ["s3:CreateBucket", "s3:TagResource"]
    resources = ["arn:aws:s3:::acme-*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/CostCenter"
      values   = ["cc-*"]
    }
  }
}

resource "aws_iam_policy" "buckets" {
  name   = "buckets"
  policy = data.aws_iam_policy_document.buckets.json
}

data "aws_iam_policy_document" "guard" {
  # This denies every request, not only those without an owner.
  statement {
    effect    = "Deny"
    actions   = ["secretsmanager:CreateSecret"]
    resources = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "aws:RequestTag/Owner"
      values   = ["*"]
    }
  }
}

resource "aws_organizations_policy" "guard" {
  name    = "guard"
  type    = "SERVICE_CONTROL_POLICY"
  content = data.aws_iam_policy_document.guard.json
}
