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

resource "aws_cloudwatch_log_group" "web" {
  name              = "/shop/prod/web"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "worker" {
  name              = "/shop/prod/worker"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/shop/prod/access"
  retention_in_days = 14
}

resource "aws_cloudwatch_log_group" "requests" {
  name              = "/shop/prod/requests"
  log_group_class   = "INFREQUENT_ACCESS"
  retention_in_days = 7
}

resource "aws_cloudwatch_log_group" "logins" {
  name              = "/shop/prod/logins"
  retention_in_days = 400
  skip_destroy      = true
}

resource "aws_cloudwatch_log_metric_filter" "web_errors" {
  name           = "web_errors"
  log_group_name = aws_cloudwatch_log_group.web.name
  pattern        = "{ $.level = \"ERROR\" }"

  metric_transformation {
    name          = "web_errors"
    default_value = "0"
    namespace     = "Shop"
    unit          = "Count"
    value         = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "web_errors" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "shop-prod-web-errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "web_errors"
  namespace           = "Shop"
  period              = 300
  statistic           = "Sum"
  threshold           = 10
  treat_missing_data  = "notBreaching"
}

resource "aws_cloudwatch_log_metric_filter" "worker_errors" {
  name           = "worker_errors"
  log_group_name = aws_cloudwatch_log_group.worker.name
  pattern        = "{ $.level = \"ERROR\" }"

  metric_transformation {
    name          = "worker_errors"
    default_value = "0"
    namespace     = "Shop"
    unit          = "Count"
    value         = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "worker_errors" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "shop-prod-worker-errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "worker_errors"
  namespace           = "Shop"
  period              = 300
  statistic           = "Sum"
  threshold           = 10
  treat_missing_data  = "notBreaching"
}

resource "aws_cloudwatch_log_metric_filter" "server_errors" {
  name           = "server_errors"
  log_group_name = aws_cloudwatch_log_group.access.name
  pattern        = "{ $.status >= 500 }"

  metric_transformation {
    name          = "server_errors"
    default_value = "0"
    namespace     = "Shop"
    unit          = "Count"
    value         = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "server_errors" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "shop-prod-server-errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "server_errors"
  namespace           = "Shop"
  period              = 300
  statistic           = "Sum"
  threshold           = 50
  treat_missing_data  = "notBreaching"
}

resource "aws_cloudwatch_log_metric_filter" "failed_logins" {
  name           = "failed_logins"
  log_group_name = aws_cloudwatch_log_group.logins.name
  pattern        = "{ $.event = \"login\" && $.outcome = \"failure\" }"

  metric_transformation {
    name          = "failed_logins"
    default_value = "0"
    namespace     = "Shop"
    unit          = "Count"
    value         = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "failed_logins" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "shop-prod-failed-logins"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "failed_logins"
  namespace           = "Shop"
  period              = 300
  statistic           = "Sum"
  threshold           = 100
  treat_missing_data  = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "access_silent" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "shop-prod-access-silent"
  comparison_operator = "LessThanThreshold"

  dimensions = {
    LogGroupName = aws_cloudwatch_log_group.access.name
  }

  evaluation_periods = 3
  metric_name        = "IncomingLogEvents"
  namespace          = "AWS/Logs"
  period             = 300
  statistic          = "Sum"
  threshold          = 1
  treat_missing_data = "breaching"
}

resource "aws_cloudwatch_metric_alarm" "web_silent" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "shop-prod-web-silent"
  comparison_operator = "LessThanThreshold"

  dimensions = {
    LogGroupName = aws_cloudwatch_log_group.web.name
  }

  evaluation_periods = 3
  metric_name        = "IncomingLogEvents"
  namespace          = "AWS/Logs"
  period             = 300
  statistic          = "Sum"
  threshold          = 1
  treat_missing_data = "breaching"
}
