resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

# remedy
# The instances can have one role only.
data "aws_iam_policy_document" "deploy" {
  statement {
    actions   = ["ec2:RunInstances"]
    resources = ["arn:aws:ec2:eu-central-1:111122223333:*", "arn:aws:ec2:eu-central-1::image/*"]
  }

  statement {
    actions   = ["iam:PassRole"]
    resources = ["arn:aws:iam::111122223333:role/build-agent"]
  }
}
# end remedy

resource "aws_iam_role_policy" "deploy" {
  name   = "deploy"
  role   = aws_iam_role.deploy.name
  policy = data.aws_iam_policy_document.deploy.json
}

# Users manage their own access keys.
resource "aws_iam_group" "everyone" {
  name = "everyone"
}

resource "aws_iam_group_policy" "everyone" {
  name  = "own-keys"
  group = aws_iam_group.everyone.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["iam:CreateAccessKey", "iam:DeleteAccessKey"]
      Resource = "arn:aws:iam::*:user/$${aws:username}"
    }]
  })
}
