terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "payments"
    }
  }
}

resource "aws_dynamodb_table" "idempotency" {
  name                        = "payments-idempotency"
  billing_mode                = "PAY_PER_REQUEST"
  deletion_protection_enabled = true
  hash_key                    = "id"
  stream_enabled              = true
  stream_view_type            = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  ttl {
    attribute_name = "expiration"
    enabled        = true
  }
}

data "aws_iam_policy_document" "writer" {
  statement {
    sid       = "RememberRequests"
    actions   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"]
    resources = [aws_dynamodb_table.idempotency.arn]
  }
}

resource "aws_iam_policy" "writer" {
  name   = "payments-idempotency-writer"
  policy = data.aws_iam_policy_document.writer.json
}

data "aws_iam_policy_document" "reader" {
  statement {
    sid       = "FollowChanges"
    actions   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
    resources = [aws_dynamodb_table.idempotency.stream_arn]
  }
}

resource "aws_iam_policy" "reader" {
  name   = "payments-idempotency-reader"
  policy = data.aws_iam_policy_document.reader.json
}

resource "aws_cloudwatch_metric_alarm" "throttled" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_name          = "payments-idempotency-throttled"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    TableName = aws_dynamodb_table.idempotency.name
  }

  evaluation_periods = 3
  metric_name        = "WriteThrottleEvents"
  namespace          = "AWS/DynamoDB"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "repeated" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_name          = "payments-idempotency-repeated"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    TableName = aws_dynamodb_table.idempotency.name
  }

  evaluation_periods = 1
  metric_name        = "ConditionalCheckFailedRequests"
  namespace          = "AWS/DynamoDB"
  period             = 60
  statistic          = "Sum"
  threshold          = 100
  treat_missing_data = "notBreaching"
}

output "reader_policy_arn" {
  value = aws_iam_policy.reader.arn
}

output "writer_policy_arn" {
  value = aws_iam_policy.writer.arn
}
