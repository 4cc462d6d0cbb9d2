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
      Owner       = "shop"
    }
  }
}

resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop-prod"
}

resource "aws_cloudwatch_event_archive" "orders" {
  name = "shop-prod-orders"

  event_pattern = jsonencode({
    source = ["shop.orders"]
  })

  event_source_arn = aws_cloudwatch_event_bus.shop.arn
  retention_days   = 30
}

resource "aws_cloudwatch_event_rule" "billing" {
  name           = "shop-prod-billing"
  event_bus_name = aws_cloudwatch_event_bus.shop.name

  event_pattern = jsonencode({
    source        = ["shop.orders"]
    "detail-type" = ["OrderPlaced", "OrderCancelled"]
  })
}

resource "aws_sqs_queue" "billing" {
  name                    = "shop-prod-billing"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue" "dead_letters" {
  name                      = "shop-prod-billing-dead-letters"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

data "aws_iam_policy_document" "billing" {
  statement {
    sid       = "AllowRule"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.billing.arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.billing.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "billing" {
  policy    = data.aws_iam_policy_document.billing.json
  queue_url = aws_sqs_queue.billing.id
}

data "aws_iam_policy_document" "dead_letters" {
  statement {
    sid       = "AllowRule"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.dead_letters.arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.billing.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "dead_letters" {
  policy    = data.aws_iam_policy_document.dead_letters.json
  queue_url = aws_sqs_queue.dead_letters.id
}

resource "aws_cloudwatch_event_target" "billing" {
  arn            = aws_sqs_queue.billing.arn
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  rule           = aws_cloudwatch_event_rule.billing.name
  target_id      = "billing"

  dead_letter_config {
    arn = aws_sqs_queue.dead_letters.arn
  }

  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = 20
  }

  depends_on = [aws_sqs_queue_policy.billing, aws_sqs_queue_policy.dead_letters]
}

resource "aws_cloudwatch_metric_alarm" "lost" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "shop-prod-lost"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    EventBusName = aws_cloudwatch_event_bus.shop.name
    RuleName     = aws_cloudwatch_event_rule.billing.name
  }

  evaluation_periods = 1
  metric_name        = "InvocationsFailedToBeSentToDlq"
  namespace          = "AWS/Events"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "shop-prod-dead-letters"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    QueueName = aws_sqs_queue.dead_letters.name
  }

  evaluation_periods = 1
  metric_name        = "ApproximateNumberOfMessagesVisible"
  namespace          = "AWS/SQS"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}
