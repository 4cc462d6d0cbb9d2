data "aws_iam_policy_document" "machines" {
  # A request that terminates instances has no tags.
  statement {
    actions   = ["ec2:TerminateInstances"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/Team"
      values   = ["&{aws:PrincipalTag/Team}"]
    }
  }
}

resource "aws_iam_policy" "machines" {
  name   = "machines"
  policy = data.aws_iam_policy_document.machines.json
}

data "aws_iam_policy_document" "guard" {
  # A group does not support tags, so this denies the creation of every group.
  statement {
    effect    = "Deny"
    actions   = ["iam:CreateRole", "iam:CreateGroup"]
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
