variable "region" {
  type = string
}

provider "aws" {
  region = var.region
}

resource "aws_iam_role_policy_attachment" "read" {
  role       = "auditor"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
