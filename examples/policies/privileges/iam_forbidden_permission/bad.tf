provider "aws" {
  region = "eu-central-1"
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

# The wildcard includes s3:DeleteObject on the states.
resource "aws_iam_role_policy" "deploy" {
  name = "deploy"
  role = aws_iam_role.deploy.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:*Object", Resource = "arn:aws:s3:::acme-state/deploy/*" }]
  })
}

# No policy of this user allows it: the policy of the bucket does.
resource "aws_iam_user" "helpdesk" {
  name = "helpdesk"
}

resource "aws_s3_bucket" "audit" {
  bucket = "acme-audit"
}

resource "aws_s3_bucket_policy" "audit" {
  bucket = aws_s3_bucket.audit.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "s3:DeleteObject*"
      Principal = { AWS = aws_iam_user.helpdesk.arn }
      Resource  = "${aws_s3_bucket.audit.arn}/*"
    }]
  })
}
