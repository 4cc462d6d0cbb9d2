variable "effect" {
  description = "Effect of the statement."
  type        = string
}

data "aws_iam_policy_document" "protected_tags" {
  statement {
    effect    = var.effect
    actions   = ["ec2:CreateTags", "ec2:DeleteTags"]
    resources = ["*"]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "aws:TagKeys"
      values   = ["CostCenter", "Team"]
    }
  }
}

resource "aws_organizations_policy" "protected_tags" {
  name    = "protected-tags"
  type    = "SERVICE_CONTROL_POLICY"
  content = data.aws_iam_policy_document.protected_tags.json
}
