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
      Owner       = "billing"
    }
  }
}

resource "aws_sqs_queue" "dead_letters" {
  name                      = "invoices-prod-dead-letters"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue" "invoices" {
  name = "invoices-prod"

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = 5
  })

  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = 180
}

resource "aws_sqs_queue_redrive_allow_policy" "dead_letters" {
  queue_url = aws_sqs_queue.dead_letters.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.invoices.arn]
  })
}

resource "aws_cloudwatch_log_group" "courier" {
  name              = "/aws/lambda/invoices-prod-courier"
  retention_in_days = 30
}

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "TrustLambda"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "courier" {
  name               = "invoices-prod-courier"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "courier" {
  statement {
    sid       = "ReceiveInvoices"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.invoices.arn]
  }

  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.courier.arn}:*"]
  }
}

resource "aws_iam_role_policy" "courier" {
  name   = "courier"
  role   = aws_iam_role.courier.name
  policy = data.aws_iam_policy_document.courier.json
}

resource "aws_lambda_function" "courier" {
  role          = aws_iam_role.courier.arn
  architectures = ["arm64"]
  function_name = "invoices-prod-courier"
  handler       = "courier.handler"
  memory_size   = 256
  runtime       = "python3.13"
  s3_bucket     = "example-prod-artifacts"
  s3_key        = "invoices/7c1f2ab.zip"
  timeout       = 30

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.courier.name
  }
}

resource "aws_lambda_event_source_mapping" "invoices" {
  batch_size              = 10
  event_source_arn        = aws_sqs_queue.invoices.arn
  function_name           = aws_lambda_function.courier.arn
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = 10
  }

  depends_on = [aws_iam_role_policy.courier]
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "invoices-prod-dead-letters"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    QueueName = aws_sqs_queue.dead_letters.name
  }

  evaluation_periods = 1
  metric_name        = "ApproximateNumberOfMessagesVisible"
  namespace          = "AWS/SQS"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "age" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "invoices-prod-age"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    QueueName = aws_sqs_queue.invoices.name
  }

  evaluation_periods = 1
  metric_name        = "ApproximateAgeOfOldestMessage"
  namespace          = "AWS/SQS"
  period             = 60
  statistic          = "Maximum"
  threshold          = 900
  treat_missing_data = "notBreaching"
}
