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

# No resource uses this document. As a permissions boundary it would not allow anything.
output "operators" {
  value = data.aws_iam_policy_document.operators.json
}
