variable "action" {
  type = string
}

variable "bucket_arn" {
  type = string
}

resource "aws_iam_policy" "this" {
  name = "team"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = var.action, Resource = "${var.bucket_arn}/*" }]
  })
}
