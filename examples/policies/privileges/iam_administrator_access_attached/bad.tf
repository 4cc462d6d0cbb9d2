data "aws_partition" "current" {}

resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "deploy" {
  role       = aws_iam_role.deploy.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

# The partition is read from a data source; the policy is the same.
resource "aws_iam_group_policy_attachment" "operators" {
  group      = aws_iam_group.operators.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_group" "operators" {
  name = "operators"
}

resource "aws_iam_role_policy_attachments_exclusive" "deploy" {
  role_name = aws_iam_role.deploy.name
  policy_arns = [
    "arn:aws-cn:iam::aws:policy/ReadOnlyAccess",
    "arn:aws-cn:iam::aws:policy/AdministratorAccess",
  ]
}
