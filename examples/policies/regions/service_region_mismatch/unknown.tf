variable "region" {
  description = "Region of the provider."
  type        = string
}

provider "aws" {
  region = var.region
}

data "aws_iam_policy_document" "logs" {
  statement {
    actions   = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.us-east-1.amazonaws.com"]
    }
  }
}

resource "aws_kms_key" "logs" {
  description         = "Log groups of the web application"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.logs.json
}
