# Every action of every service but IAM's.
resource "aws_iam_role_policy_attachment" "deploy" {
  role       = "deploy"
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}

# The right to become an administrator.
resource "aws_iam_group_policy_attachment" "helpdesk" {
  group      = "helpdesk"
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}
