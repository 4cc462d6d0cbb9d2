variable "secret_arns" {
  description = "ARNs of the secrets that the worker reads."
  type        = list(string)
}

resource "aws_iam_policy" "worker" {
  name = "worker"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = var.secret_arns }]
  })
}

# An action that is not in the Service Authorization Reference: a typing error, or newer than the table.
resource "aws_iam_policy" "misspelt" {
  name = "misspelt"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretsValue", Resource = "*" }]
  })
}
