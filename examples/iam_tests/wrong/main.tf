# A policy that looks as if it requires the tag Owner, and allows no launch at all.
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_iam_role" "developer" {
  name = "developer"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "111122223333" } }]
  })
}

resource "aws_iam_role_policy" "launch" {
  name = "launch"
  role = aws_iam_role.developer.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "LaunchWithOwner"
      Effect    = "Allow"
      Action    = ["ec2:RunInstances", "ec2:CreateTags"]
      Resource  = "*"
      Condition = { StringEquals = { "aws:RequestTag/Owner" = ["*"] } }
    }]
  })
}
