provider "aws" {
  region = "eu-central-1"
}

data "aws_iam_policy_document" "s3" {
  statement {
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::own-data", "arn:aws:s3:::own-data/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }

  # remedy
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
  # end remedy
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.eu-central-1.s3"
  vpc_endpoint_type = "Gateway"
  policy            = data.aws_iam_policy_document.s3.json
}

resource "aws_vpc_endpoint" "ecr" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.eu-central-1.ecr.dkr"
  vpc_endpoint_type = "Interface"
}
