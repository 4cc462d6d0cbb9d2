variable "forbidden" {
  description = "What the developers may not do."
  type        = list(string)
}

# Nobody can tell what is left: with `*` in the variable, nothing is.
resource "aws_iam_policy" "developer" {
  name = "developer"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", NotAction = var.forbidden, Resource = "*" }]
  })
}
