variable "tag_condition" {
  description = "Condition key that decides who operates the machines."
  type        = string
}

data "aws_iam_policy_document" "operators" {
  statement {
    actions   = ["ec2:StartInstances", "ec2:DescribeInstances"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = var.tag_condition
      values   = ["platform"]
    }
  }
}

resource "aws_iam_policy" "operators" {
  name   = "operators"
  policy = data.aws_iam_policy_document.operators.json
}
