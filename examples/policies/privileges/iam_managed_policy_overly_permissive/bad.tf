# All actions of all services except IAM.
resource "aws_iam_role_policy_attachment" "deploy" {
  role       = "deploy"
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}

# The principal can become an administrator.
resource "aws_iam_group_policy_attachment" "helpdesk" {
  group      = "helpdesk"
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}

# All actions of the service on all its resources.
resource "aws_iam_role_policy_attachment" "storage" {
  role       = "reports"
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
}
