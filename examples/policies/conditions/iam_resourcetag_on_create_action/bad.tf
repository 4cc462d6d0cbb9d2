data "aws_iam_policy_document" "functions" {
  # The function does not exist yet, so it has no tags.
  statement {
    actions   = ["lambda:CreateFunction"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Team"
      values   = ["&{aws:PrincipalTag/Team}"]
    }
  }
}

resource "aws_iam_policy" "functions" {
  name   = "functions"
  policy = data.aws_iam_policy_document.functions.json
}

data "aws_iam_policy_document" "launch" {
  statement {
    actions   = ["ec2:RunInstances"]
    resources = ["arn:aws:ec2:*:*:instance/*"]

    condition {
      test     = "StringEquals"
      variable = "ec2:ResourceTag/Team"
      values   = ["&{aws:PrincipalTag/Team}"]
    }
  }
}

resource "aws_iam_policy" "launch" {
  name   = "launch"
  policy = data.aws_iam_policy_document.launch.json
}
