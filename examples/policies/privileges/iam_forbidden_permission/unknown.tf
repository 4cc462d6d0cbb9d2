provider "aws" {
  region = "eu-central-1"
}

variable "network" {
  description = "Address range of the office."
  type        = string
}

resource "aws_s3_bucket" "state" {
  bucket = "acme-state"
}

resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

# The source IP address of a request is not known.
resource "aws_iam_role_policy" "deploy" {
  name = "deploy"
  role = aws_iam_role.deploy.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "s3:DeleteObject"
      Resource  = "arn:aws:s3:::acme-state/*"
      Condition = { IpAddress = { "aws:SourceIp" = var.network } }
    }]
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
