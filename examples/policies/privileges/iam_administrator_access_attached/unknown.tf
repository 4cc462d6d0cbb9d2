variable "policy_arn" {
  description = "ARN of the role's policy."
  type        = string
}

resource "aws_iam_role_policy_attachment" "role" {
  role       = "deploy"
  policy_arn = var.policy_arn
}
