# All actions except IAM: every bucket, table and key, and every service that AWS adds.
resource "aws_iam_policy" "developer" {
  name = "developer"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", NotAction = ["iam:*", "organizations:*"], Resource = "*" }]
  })
}
