variable "exception" {
  description = "Condition key that keeps the deployment role out of this."
  type        = string
}

data "aws_iam_policy_document" "require_tags" {
  statement {
    effect    = "Deny"
    actions   = ["secretsmanager:CreateSecret"]
    resources = ["*"]

    condition {
      test     = "Null"
      variable = "aws:RequestTag/Owner"
      values   = ["true"]
    }

    condition {
      test     = "StringNotEquals"
      variable = var.exception
      values   = ["deploy"]
    }
  }
}

resource "aws_organizations_policy" "require_tags" {
  name    = "require-tags"
  type    = "SERVICE_CONTROL_POLICY"
  content = data.aws_iam_policy_document.require_tags.json
}
