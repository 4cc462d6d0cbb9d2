data "aws_iam_policy_document" "require_tags" {
  # With an owner, no cost center is needed any more.
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
      test     = "Null"
      variable = "aws:RequestTag/CostCenter"
      values   = ["true"]
    }
  }
}

resource "aws_organizations_policy" "require_tags" {
  name    = "require-tags"
  type    = "SERVICE_CONTROL_POLICY"
  content = data.aws_iam_policy_document.require_tags.json
}

data "aws_iam_policy_document" "environments" {
  # Any environment will do, as long as there is one.
  statement {
    effect    = "Deny"
    actions   = ["dynamodb:CreateTable"]
    resources = ["*"]

    condition {
      test     = "Null"
      variable = "aws:RequestTag/Environment"
      values   = ["true"]
    }

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
