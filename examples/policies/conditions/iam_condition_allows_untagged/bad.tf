data "aws_iam_policy_document" "tables" {
  # A table without any tag satisfies this, too.
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
  # So does a queue that belongs to nobody.
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
