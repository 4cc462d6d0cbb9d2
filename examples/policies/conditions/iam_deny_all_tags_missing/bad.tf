data "aws_iam_policy_document" "require_tags" {
  # A request with an owner and without a cost center is not denied.
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
  # A request with any value of the tag is not denied.
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
