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
            "aws:ResourceTag/Team" = "$${aws:PrincipalTag/Team}"
          }
        }
      },
    ]
  })
}
