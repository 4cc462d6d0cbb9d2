provider "aws" {
  region = "eu-central-1"
}

data "aws_iam_policy_document" "own" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::example-reports/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-0123456789abcdef0"
  service_name = "com.amazonaws.eu-central-1.s3"
  policy       = data.aws_iam_policy_document.own.json
}

resource "aws_vpc_endpoint" "other" {
  vpc_id       = "vpc-0fedcba9876543210"
  service_name = "com.amazonaws.eu-central-1.s3"
}

resource "aws_vpc_endpoint_policy" "other" {
  vpc_endpoint_id = aws_vpc_endpoint.other.id
  policy          = data.aws_iam_policy_document.own.json
}
