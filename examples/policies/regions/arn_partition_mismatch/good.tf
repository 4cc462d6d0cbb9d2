provider "aws" {
  region = "cn-north-1"
}

data "aws_partition" "current" {}

resource "aws_iam_role_policy_attachment" "read" {
  role       = "auditor"
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_role_policy_attachment" "write" {
  role       = "operator"
  policy_arn = "arn:aws-cn:iam::aws:policy/PowerUserAccess"
}
