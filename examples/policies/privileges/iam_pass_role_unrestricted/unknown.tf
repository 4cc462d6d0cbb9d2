variable "role_arns" {
  description = "ARNs of the roles that the deployment passes."
  type        = list(string)
}

resource "aws_iam_policy" "deploy" {
  name = "deploy"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = var.role_arns }]
  })
}
