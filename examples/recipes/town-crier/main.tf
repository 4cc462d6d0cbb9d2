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
      Owner       = "orders"
    }
  }
}

resource "aws_sns_topic" "orders" {
  name              = "orders-prod"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_cloudwatch_metric_alarm" "lost" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "orders-prod-lost"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    TopicName = aws_sns_topic.orders.name
  }

  evaluation_periods = 1
  metric_name        = "NumberOfNotificationsFailedToRedriveToDlq"
  namespace          = "AWS/SNS"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_sqs_queue" "billing_dead_letters" {
  name                      = "orders-prod-billing-dead-letters"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue" "billing" {
  name = "orders-prod-billing"

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.billing_dead_letters.arn
    maxReceiveCount     = 5
  })

  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = 180
}

data "aws_iam_policy_document" "billing" {
  statement {
    sid       = "AllowTopic"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.billing.arn]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.orders.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "billing" {
  policy    = data.aws_iam_policy_document.billing.json
  queue_url = aws_sqs_queue.billing.id
}

data "aws_iam_policy_document" "billing_dead_letters" {
  statement {
    sid       = "AllowTopic"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.billing_dead_letters.arn]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.orders.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "billing_dead_letters" {
  policy    = data.aws_iam_policy_document.billing_dead_letters.json
  queue_url = aws_sqs_queue.billing_dead_letters.id
}

resource "aws_sns_topic_subscription" "billing" {
  protocol = "sqs"
  endpoint = aws_sqs_queue.billing.arn

  filter_policy = jsonencode({
    event_type = ["order_placed", "order_cancelled"]
  })

  raw_message_delivery = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.billing_dead_letters.arn
  })

  topic_arn = aws_sns_topic.orders.arn

  depends_on = [aws_sqs_queue_policy.billing, aws_sqs_queue_policy.billing_dead_letters]
}

resource "aws_cloudwatch_metric_alarm" "billing_dead_letters" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "orders-prod-billing-dead-letters"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    QueueName = aws_sqs_queue.billing_dead_letters.name
  }

  evaluation_periods = 1
  metric_name        = "ApproximateNumberOfMessagesVisible"
  namespace          = "AWS/SQS"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_sqs_queue" "shipping_dead_letters" {
  name                      = "orders-prod-shipping-dead-letters"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue" "shipping" {
  name = "orders-prod-shipping"

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.shipping_dead_letters.arn
    maxReceiveCount     = 5
  })

  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = 180
}

data "aws_iam_policy_document" "shipping" {
  statement {
    sid       = "AllowTopic"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.shipping.arn]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.orders.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "shipping" {
  policy    = data.aws_iam_policy_document.shipping.json
  queue_url = aws_sqs_queue.shipping.id
}

data "aws_iam_policy_document" "shipping_dead_letters" {
  statement {
    sid       = "AllowTopic"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.shipping_dead_letters.arn]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.orders.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "shipping_dead_letters" {
  policy    = data.aws_iam_policy_document.shipping_dead_letters.json
  queue_url = aws_sqs_queue.shipping_dead_letters.id
}

resource "aws_sns_topic_subscription" "shipping" {
  protocol = "sqs"
  endpoint = aws_sqs_queue.shipping.arn

  filter_policy = jsonencode({
    event_type = ["order_placed"]
  })

  raw_message_delivery = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.shipping_dead_letters.arn
  })

  topic_arn = aws_sns_topic.orders.arn

  depends_on = [aws_sqs_queue_policy.shipping, aws_sqs_queue_policy.shipping_dead_letters]
}

resource "aws_cloudwatch_metric_alarm" "shipping_dead_letters" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "orders-prod-shipping-dead-letters"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    QueueName = aws_sqs_queue.shipping_dead_letters.name
  }

  evaluation_periods = 1
  metric_name        = "ApproximateNumberOfMessagesVisible"
  namespace          = "AWS/SQS"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}
