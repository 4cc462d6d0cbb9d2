# remedy
data "aws_iam_policy_document" "functions" {
  statement {
    actions   = ["lambda:CreateFunction"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/Team"
      values   = ["&{aws:PrincipalTag/Team}"]
    }
  }

  statement {
    actions   = ["lambda:UpdateFunctionCode", "lambda:DeleteFunction"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Team"
      values   = ["&{aws:PrincipalTag/Team}"]
    }
  }
}
# end remedy

resource "aws_iam_policy" "functions" {
  name   = "functions"
  policy = data.aws_iam_policy_document.functions.json
}

data "aws_iam_policy_document" "launch" {
  # The subnet exists and has tags.
  statement {
    actions   = ["ec2:RunInstances"]
    resources = ["arn:aws:ec2:*:*:subnet/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Team"
      values   = ["&{aws:PrincipalTag/Team}"]
    }
  }

  statement {
    actions   = ["ec2:RunInstances"]
    resources = ["arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:volume/*"]
  }
}

resource "aws_iam_policy" "launch" {
  name   = "launch"
  policy = data.aws_iam_policy_document.launch.json
}
