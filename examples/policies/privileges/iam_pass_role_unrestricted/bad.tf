# Lambda gets whichever role the holder chooses, an administrator's included.
resource "aws_iam_policy" "deploy" {
  name = "deploy"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["lambda:CreateFunction", "iam:PassRole"]
      Resource  = "*"
      Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } }
    }]
  })
}

# The next role with such a name may be made for another service, and for more.
resource "aws_iam_policy" "applications" {
  name = "applications"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::111122223333:role/app-*" }]
  })
}
