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
      Owner       = "sales"
    }
  }
}

resource "aws_cloudwatch_log_group" "quotes" {
  name              = "/aws/lambda/quotes-prod"
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

resource "aws_iam_role" "quotes" {
  name               = "quotes-prod"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "quotes" {
  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.quotes.arn}:*"]
  }
}

resource "aws_iam_role_policy" "quotes" {
  name   = "logs"
  role   = aws_iam_role.quotes.name
  policy = data.aws_iam_policy_document.quotes.json
}

resource "aws_lambda_layer_version" "dependencies" {
  compatible_architectures = ["arm64"]
  compatible_runtimes      = ["python3.13"]
  layer_name               = "quotes-prod-dependencies"
  s3_bucket                = "example-prod-artifacts"
  s3_key                   = "quotes-dependencies/3f9ab01.zip"
  skip_destroy             = true
}

resource "aws_lambda_function" "quotes" {
  role          = aws_iam_role.quotes.arn
  architectures = ["arm64"]
  function_name = "quotes-prod"
  handler       = "quotes.handler"
  layers        = [aws_lambda_layer_version.dependencies.arn]
  memory_size   = 512
  publish       = true
  runtime       = "python3.13"
  s3_bucket     = "example-prod-artifacts"
  s3_key        = "quotes/7c1f2ab.zip"
  timeout       = 10

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.quotes.name
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.quotes.function_name
  function_version = aws_lambda_function.quotes.version
}

resource "aws_appautoscaling_target" "live" {
  max_capacity       = 0
  min_capacity       = 0
  resource_id        = "function:quotes-prod:${aws_lambda_alias.live.name}"
  scalable_dimension = "lambda:function:ProvisionedConcurrency"
  service_namespace  = "lambda"

  lifecycle {
    ignore_changes = [min_capacity, max_capacity]
  }
}

resource "aws_appautoscaling_scheduled_action" "start" {
  name               = "quotes-prod-start"
  resource_id        = aws_appautoscaling_target.live.resource_id
  scalable_dimension = aws_appautoscaling_target.live.scalable_dimension
  schedule           = "cron(45 7 ? * MON-FRI *)"
  service_namespace  = aws_appautoscaling_target.live.service_namespace
  timezone           = "Europe/Berlin"

  scalable_target_action {
    max_capacity = 10
    min_capacity = 10
  }
}

resource "aws_appautoscaling_scheduled_action" "end" {
  name               = "quotes-prod-end"
  resource_id        = aws_appautoscaling_target.live.resource_id
  scalable_dimension = aws_appautoscaling_target.live.scalable_dimension
  schedule           = "cron(0 19 ? * MON-FRI *)"
  service_namespace  = aws_appautoscaling_target.live.service_namespace
  timezone           = "Europe/Berlin"

  scalable_target_action {
    max_capacity = 0
    min_capacity = 0
  }
}

resource "aws_cloudwatch_metric_alarm" "spillover" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "quotes-prod-spillover"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    FunctionName = "quotes-prod"
    Resource     = "quotes-prod:${aws_lambda_alias.live.name}"
  }

  evaluation_periods = 3
  metric_name        = "ProvisionedConcurrencySpilloverInvocations"
  namespace          = "AWS/Lambda"
  period             = 300
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}
