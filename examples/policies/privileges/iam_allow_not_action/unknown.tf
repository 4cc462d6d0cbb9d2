variable "forbidden" {
  description = "Actions that the developers must not use."
  type        = list(string)
}

# The allowed actions are unknown: with `*` in the variable, there are none.
resource "aws_iam_policy" "developer" {
  name = "developer"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", NotAction = var.forbidden, Resource = "*" }]
  })
}
