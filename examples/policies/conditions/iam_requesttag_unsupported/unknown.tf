data "aws_iam_policy_document" "guard" {
  # The reference does not contain this action: it is misspelled, or newer than the reference.
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
