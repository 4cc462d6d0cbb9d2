terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "bucket" {}

data "aws_iam_policy_document" "inside" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${var.bucket}/*"]
  }
}

resource "aws_iam_policy" "inside" {
  name   = "inside"
  policy = data.aws_iam_policy_document.inside.json
}
