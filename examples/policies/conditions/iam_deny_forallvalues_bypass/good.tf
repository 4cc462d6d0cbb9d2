data "aws_iam_policy_document" "protected_tags" {
  # remedy
  statement {
    effect    = "Deny"
    actions   = ["ec2:CreateTags", "ec2:DeleteTags"]
    resources = ["*"]

    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "aws:TagKeys"
      values   = ["CostCenter", "Team"]
    }
  }
  # end remedy
}

resource "aws_organizations_policy" "protected_tags" {
  name    = "protected-tags"
  type    = "SERVICE_CONTROL_POLICY"
  content = data.aws_iam_policy_document.protected_tags.json
}
