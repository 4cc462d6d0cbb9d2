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

  statement {
    actions   = ["ec2:CreateTags"]
    resources = ["*"]
  }
}

# Whoever takes it may make a boundary of it, which allows nothing.
output "operators" {
  value = data.aws_iam_policy_document.operators.json
}
