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
      Owner       = "reports"
    }
  }
}

resource "aws_sqs_queue" "failed" {
  name                      = "send-report-prod-failed"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_cloudwatch_log_group" "command" {
  name              = "/aws/lambda/send-report-prod"
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

resource "aws_iam_role" "command" {
  name               = "send-report-prod"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "command" {
  statement {
    sid       = "KeepFailed"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.failed.arn]
  }

  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.command.arn}:*"]
  }
}

resource "aws_iam_role_policy" "command" {
  name   = "command"
  role   = aws_iam_role.command.name
  policy = data.aws_iam_policy_document.command.json
}

resource "aws_lambda_function" "command" {
  role                           = aws_iam_role.command.arn
  architectures                  = ["arm64"]
  function_name                  = "send-report-prod"
  handler                        = "command.handler"
  memory_size                    = 256
  reserved_concurrent_executions = 20
  runtime                        = "python3.13"
  s3_bucket                      = "example-prod-artifacts"
  s3_key                         = "send-report/7c1f2ab.zip"
  timeout                        = 60

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.command.name
  }
}

resource "aws_lambda_function_event_invoke_config" "command" {
  function_name                = aws_lambda_function.command.function_name
  maximum_event_age_in_seconds = 3600
  maximum_retry_attempts       = 2

  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }

  depends_on = [aws_iam_role_policy.command]
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "send-report-prod-failed"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    QueueName = aws_sqs_queue.failed.name
  }

  evaluation_periods = 1
  metric_name        = "ApproximateNumberOfMessagesVisible"
  namespace          = "AWS/SQS"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "lost" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "send-report-prod-lost"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    FunctionName = aws_lambda_function.command.function_name
  }

  evaluation_periods = 1
  metric_name        = "DestinationDeliveryFailures"
  namespace          = "AWS/Lambda"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}
