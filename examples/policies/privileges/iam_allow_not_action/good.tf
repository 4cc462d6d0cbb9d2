resource "aws_iam_policy" "developer" {
  name = "developer"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "arn:aws:s3:::acme-reports/*" },
      # A wildcard in a `Deny` statement removes permissions.
      { Effect = "Deny", NotAction = ["s3:GetObject", "s3:PutObject"], Resource = "*" },
    ]
  })
}
