# Launches with the tag Owner, and no others. Tests: ../test_permissions.py
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
    Statement = [
      {
        Sid       = "LaunchWithOwner"
        Effect    = "Allow"
        Action    = "ec2:RunInstances"
        Resource  = "arn:aws:ec2:*:*:instance/*"
        Condition = { StringLike = { "aws:RequestTag/Owner" = "?*" } }
      },
      {
        # A launch also asks for these. The request tags the instance only.
        Sid      = "LaunchWith"
        Effect   = "Allow"
        Action   = "ec2:RunInstances"
        Resource = [for type in ["image", "network-interface", "security-group", "subnet", "volume"] : "arn:aws:ec2:*:*:${type}/*"]
      },
      {
        # Tags on create, not on existing instances.
        Sid       = "TagOnLaunch"
        Effect    = "Allow"
        Action    = "ec2:CreateTags"
        Resource  = "arn:aws:ec2:*:*:instance/*"
        Condition = { StringEquals = { "ec2:CreateAction" = "RunInstances" } }
      },
    ]
  })
}
