variable "more_actions" {
  description = "Additional actions of the deployment role."
  type        = list(string)
}

resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "deploy" {
  name = "deploy"
  role = aws_iam_role.deploy.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::acme-releases/*" },
      { Effect = "Allow", Action = var.more_actions, Resource = "*" },
    ]
  })
}

# The policy of this user is defined in another stack.
resource "aws_iam_user" "helpdesk" {
  name = "helpdesk"
}

resource "aws_iam_user_policy_attachment" "helpdesk" {
  user       = aws_iam_user.helpdesk.name
  policy_arn = "arn:aws:iam::111122223333:policy/helpdesk"
}
