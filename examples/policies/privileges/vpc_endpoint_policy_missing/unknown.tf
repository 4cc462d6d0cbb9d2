provider "aws" {
  region = "eu-central-1"
}

variable "endpoint_id" {
  type = string
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-0123456789abcdef0"
  service_name = "com.amazonaws.eu-central-1.s3"
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

# The policy may belong to the endpoint above.
resource "aws_vpc_endpoint_policy" "s3" {
  vpc_endpoint_id = var.endpoint_id
  policy          = data.aws_iam_policy_document.own.json
}
