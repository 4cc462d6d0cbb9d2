data "aws_iam_policy_document" "tables" {
  # remedy
  statement {
    actions   = ["dynamodb:CreateTable"]
    resources = ["*"]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "aws:TagKeys"
      values   = ["Environment", "Owner"]
    }

    condition {
      test     = "Null"
      variable = "aws:TagKeys"
      values   = ["false"]
    }
  }
  # end remedy

  # A request that only sets tags always has keys.
  statement {
    actions   = ["dynamodb:TagResource"]
    resources = ["arn:aws:dynamodb:*:*:table/*"]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "aws:TagKeys"
      values   = ["Environment", "Owner"]
    }
  }

  statement {
    effect    = "Deny"
    actions   = ["dynamodb:CreateTable"]
    resources = ["*"]

    condition {
      test     = "ForAnyValue:StringLike"
      variable = "aws:TagKeys"
      values   = ["aws-*"]
    }
  }
}

resource "aws_iam_policy" "tables" {
  name   = "tables"
  policy = data.aws_iam_policy_document.tables.json
}
