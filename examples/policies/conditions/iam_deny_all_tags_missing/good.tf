# remedy
data "aws_iam_policy_document" "require_tags" {
  statement {
    sid       = "DenyWithoutOwner"
    effect    = "Deny"
    actions   = ["secretsmanager:CreateSecret"]
    resources = ["*"]

    condition {
      test     = "Null"
      variable = "aws:RequestTag/Owner"
      values   = ["true"]
    }
  }

  statement {
    sid       = "DenyWithoutCostCenter"
    effect    = "Deny"
    actions   = ["secretsmanager:CreateSecret"]
    resources = ["*"]

    condition {
      test     = "Null"
      variable = "aws:RequestTag/CostCenter"
      values   = ["true"]
    }
  }
}
# end remedy

resource "aws_organizations_policy" "require_tags" {
  name    = "require-tags"
  type    = "SERVICE_CONTROL_POLICY"
  content = data.aws_iam_policy_document.require_tags.json
}

data "aws_iam_policy_document" "environments" {
  # This also denies requests without the tag.
  statement {
    effect    = "Deny"
    actions   = ["dynamodb:CreateTable"]
    resources = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "aws:RequestTag/Environment"
      values   = ["prod", "test"]
    }
  }
}

resource "aws_organizations_policy" "environments" {
  name    = "environments"
  type    = "SERVICE_CONTROL_POLICY"
  content = data.aws_iam_policy_document.environments.json
}
