variable "policy" {
  type = string
}

variable "bucket" {
  type = string
}

resource "aws_iam_policy" "given" {
  policy = var.policy
}

data "aws_iam_policy_document" "own" {
  for_each = toset(["read", "write"])

  statement {
    actions   = ["s3:${each.key}"]
    resources = [var.bucket]
  }
}

resource "aws_iam_policy" "own" {
  for_each = toset(["read", "write"])
  policy   = data.aws_iam_policy_document.own[each.key].json
}

resource "aws_iam_role" "reader" {
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = [] })
  permissions_boundary = aws_iam_policy.boundary.arn
}

resource "aws_iam_policy" "boundary" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
