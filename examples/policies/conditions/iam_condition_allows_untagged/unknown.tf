variable "operator" {
  description = "Operator that compares the tag keys."
  type        = string
}

data "aws_iam_policy_document" "tables" {
  statement {
    actions   = ["dynamodb:CreateTable"]
    resources = ["*"]

    condition {
      test     = var.operator
      variable = "aws:TagKeys"
      values   = ["Environment", "Owner"]
    }
  }
}

resource "aws_iam_policy" "tables" {
  name   = "tables"
  policy = data.aws_iam_policy_document.tables.json
}
