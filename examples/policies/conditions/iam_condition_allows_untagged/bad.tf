data "aws_iam_policy_document" "tables" {
  # A request without tags also satisfies this condition.
  statement {
    actions   = ["dynamodb:CreateTable"]
    resources = ["*"]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "aws:TagKeys"
      values   = ["Environment", "Owner"]
    }
  }
}

resource "aws_iam_policy" "tables" {
  name   = "tables"
  policy = data.aws_iam_policy_document.tables.json
}

data "aws_iam_policy_document" "queues" {
  # A queue without the tag also satisfies this condition.
  statement {
    actions   = ["sqs:DeleteQueue"]
    resources = ["*"]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "aws:ResourceTag/Team"
      values   = ["&{aws:PrincipalTag/Team}"]
    }
  }
}

resource "aws_iam_policy" "queues" {
  name   = "queues"
  policy = data.aws_iam_policy_document.queues.json
}
