variable "action" {
  description = "Action of the pipeline."
  type        = string
}

resource "aws_iam_policy" "deploy" {
  name = "deploy"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = var.action
      Resource = "arn:aws:iam::*:role/*"
    }]
  })
}
