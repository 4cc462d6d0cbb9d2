variable "action" {
  description = "Action of the reader."
  type        = string
}

resource "aws_iam_policy" "reader" {
  name = "reader"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = var.action
      Resource  = "*"
      Condition = { StringLike = { "s3:prefix" = "reports/*" } }
    }]
  })
}
