# What real configurations have: aliases, count, for_each, dynamic, modules, locals, JSON, heredocs and lifecycle.
terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

variable "team" {
  type        = string
  default     = "shop"
  description = "Owner, literal $${team}"
}

variable "kms_key_id" {
  type    = string
  default = null
}

variable "rules" {
  type    = list(object({ id = string, days = number }))
  default = [{ id = "old", days = 30 }]
}

locals {
  prefix = "${var.team}-adopted"
  queues = {
    orders   = 60
    payments = 120
  }
  logs_arn = aws_s3_bucket.logs.arn
}

provider "aws" {
  region                      = "eu-west-1"
  s3_use_path_style           = true
  skip_requesting_account_id  = true
  skip_credentials_validation = true
}

provider "aws" {
  alias                       = "replica"
  region                      = "eu-central-1"
  s3_use_path_style           = true
  skip_requesting_account_id  = true
  skip_credentials_validation = true
}

data "aws_caller_identity" "current" {}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "DenyWithoutTls"
      Effect    = "Deny"
      Action    = "s3:*"
      Principal = "*"
      Resource  = [local.logs_arn, "${aws_s3_bucket.logs.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "logs" {
  bucket        = "${local.prefix}-logs"
  force_destroy = true
  tags          = merge({ Team = var.team }, { "cost:center" = "12%" })

  lifecycle {
    ignore_changes = [tags["Later"]]
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  dynamic "rule" {
    for_each = var.rules
    content {
      id     = rule.value.id
      status = "Enabled"
      filter {}
      expiration {
        days = rule.value.days
      }
    }
  }
}

resource "aws_sqs_queue" "this" {
  for_each = local.queues

  name                       = "${local.prefix}-${each.key}"
  visibility_timeout_seconds = each.value
}

resource "aws_ssm_parameter" "numbered" {
  count = 2

  name  = "/${local.prefix}/${count.index}"
  type  = "String"
  value = <<-EOT
    line "one"
      ${count.index} %%{ if }
  EOT
}

resource "aws_sns_topic" "replica" {
  provider = aws.replica
  name     = "${local.prefix}-replica"
}

module "topic" {
  source   = "./modules/topic"
  for_each = toset(["blue", "green"])

  name      = "${local.prefix}-${each.key}"
  providers = { aws = aws.replica }
}

output "topics" {
  value = { for key, topic in module.topic : key => topic.arn }
}

output "queues" {
  value = [values(aws_sqs_queue.this)[*].arn, aws_ssm_parameter.numbered[0].name, aws_sns_topic.replica.arn]
}
