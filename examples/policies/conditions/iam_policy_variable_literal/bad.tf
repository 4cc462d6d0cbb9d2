resource "aws_iam_policy" "queues" {
  name = "queues"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
        Resource = "*"
        Condition = {
          StringEquals = {
            "aws:ResourceTag/Team" = "aws:PrincipalTag/Team"
          }
        }
      },
    ]
  })
}

# A document without `Version` has no policy variables.
resource "aws_iam_policy" "home" {
  name = "home"

  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:aws:s3:::home/$${aws:username}/*"
      },
    ]
  })
}
