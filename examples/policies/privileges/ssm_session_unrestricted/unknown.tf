variable "hosts" {
  description = "ARNs of the instances that the support team connects to."
  type        = list(string)
}

resource "aws_iam_policy" "support" {
  name = "support"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ssm:StartSession", Resource = var.hosts }]
  })
}
