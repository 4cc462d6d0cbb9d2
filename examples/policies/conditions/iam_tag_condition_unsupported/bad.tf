data "aws_iam_policy_document" "operators" {
  # The action has no resource types, so there are no tags to test.
  statement {
    actions   = ["ec2:StartInstances", "ec2:DescribeInstances"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Team"
      values   = ["&{aws:PrincipalTag/Team}"]
    }
  }
}

resource "aws_iam_policy" "operators" {
  name   = "operators"
  policy = data.aws_iam_policy_document.operators.json
}

data "aws_iam_policy_document" "guard" {
  # The request never has tags for the image and the subnet, so this denies every launch.
  statement {
    effect    = "Deny"
    actions   = ["ec2:RunInstances"]
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
