# What a plan has of a configuration: constants, references, and the values of both.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

variable "days" {
  default = [30]
}

provider "aws" {
  region                      = "eu-west-1"
  s3_use_path_style           = true
  skip_requesting_account_id  = true
  skip_credentials_validation = true
}

resource "aws_s3_bucket" "logs" {
  bucket        = "adopted-plan-logs"
  force_destroy = true
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Action    = "s3:*"
      Principal = "*"
      Resource  = [aws_s3_bucket.logs.arn, "${aws_s3_bucket.logs.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  dynamic "rule" {
    for_each = var.days
    content {
      id     = "after-${rule.value}"
      status = "Enabled"
      filter {}
      expiration {
        days = rule.value
      }
    }
  }
}

resource "aws_sqs_queue" "named" {
  for_each = toset(["orders", "payments"])
  name     = each.key
}

resource "aws_ssm_parameter" "bucket" {
  count = 1
  name  = "/adopted-plan/bucket"
  type  = "String"
  value = "s3://${aws_s3_bucket.logs.bucket}/reports"
}

output "policy" {
  value = upper(aws_s3_bucket.logs.arn)
}
