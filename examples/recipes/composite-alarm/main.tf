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

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "shop-prod-errors"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3
  evaluation_periods  = 5
  threshold           = 5
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "share"
    expression  = "IF(requests > 100, 100 * FILL(errors, 0) / requests, 0)"
    label       = "Errors in percent of the requests"
    return_data = true
  }

  metric_query {
    id = "errors"

    metric {
      dimensions = {
        LoadBalancer = "app/shop-prod/50dc6c495c0c9188"
        TargetGroup  = "targetgroup/shop-prod/73e2d6bc24d8a067"
      }

      metric_name = "HTTPCode_Target_5XX_Count"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }

  metric_query {
    id = "requests"

    metric {
      dimensions = {
        LoadBalancer = "app/shop-prod/50dc6c495c0c9188"
        TargetGroup  = "targetgroup/shop-prod/73e2d6bc24d8a067"
      }

      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  alarm_name          = "shop-prod-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = "app/shop-prod/50dc6c495c0c9188"
    TargetGroup  = "targetgroup/shop-prod/73e2d6bc24d8a067"
  }

  evaluation_periods = 5
  extended_statistic = "p99"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 1.5
  treat_missing_data = "notBreaching"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "database_connections" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "shop-prod-database-connections"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    DBInstanceIdentifier = "shop-prod"
  }

  evaluation_periods = 5
  metric_name        = "DatabaseConnections"
  namespace          = "AWS/RDS"
  period             = 60
  statistic          = "Maximum"
  threshold          = 450
  treat_missing_data = "notBreaching"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "unhealthy_hosts" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:tickets"]
  alarm_name          = "shop-prod-unhealthy-hosts"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = "app/shop-prod/50dc6c495c0c9188"
    TargetGroup  = "targetgroup/shop-prod/73e2d6bc24d8a067"
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Minimum"
  threshold          = 0
  treat_missing_data = "notBreaching"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_composite_alarm" "service" {
  alarm_actions     = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_description = "Customers see errors or wait. https://wiki.example.com/runbooks/shop-prod"
  alarm_name        = "shop-prod-service"
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.errors.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.latency.alarm_name}\")"
  ok_actions        = ["arn:aws:sns:eu-west-1:123456789012:on-call"]

  actions_suppressor {
    alarm            = aws_cloudwatch_metric_alarm.database_connections.alarm_name
    extension_period = 180
    wait_period      = 60
  }
}
