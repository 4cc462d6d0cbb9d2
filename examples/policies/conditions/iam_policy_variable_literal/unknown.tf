variable "policy_version" {
  description = "Version of the policy language."
  type        = string
}

resource "aws_iam_policy" "queues" {
  name = "queues"

  policy = jsonencode({
    Version = var.policy_version
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
