variable "action" {
  description = "Action of the pipeline."
  type        = string
}

resource "aws_iam_policy" "pipeline" {
  name = "pipeline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = [var.action]
      Resource = "arn:aws:iam::111122223333:role/*"
    }]
  })
}
