data "aws_iam_policy_document" "operators" {
  statement {
    actions   = ["ec2:TerminateInstances"]
    resources = ["arn:aws:ec2:*:*:instance/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Team"
      values   = ["&{aws:PrincipalTag/Team}"]
    }
  }

  # This allows setting the tag that the other statement requires.
  statement {
    actions   = ["ec2:CreateTags"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "operators" {
  name   = "operators"
  policy = data.aws_iam_policy_document.operators.json
}
