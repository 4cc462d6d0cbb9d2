data "aws_iam_policy_document" "guard" {
  # An action that the reference does not have: misspelt, or newer than the table.
  statement {
    effect    = "Deny"
    actions   = ["newservice:CreateThing"]
    resources = ["*"]

    condition {
      test     = "Null"
      variable = "aws:RequestTag/Owner"
      values   = ["true"]
    }
  }
}

resource "aws_organizations_policy" "guard" {
  name    = "guard"
  type    = "SERVICE_CONTROL_POLICY"
  content = data.aws_iam_policy_document.guard.json
}
