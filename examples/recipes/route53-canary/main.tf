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
      Owner       = "platform"
    }
  }
}

resource "aws_route53_health_check" "stable" {
  type              = "HTTPS"
  port              = 443
  failure_threshold = 3
  fqdn              = "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com"
  request_interval  = 30
  resource_path     = "/healthz"

  tags = {
    Name = "api.shop.example.com stable"
  }
}

resource "aws_route53_health_check" "canary" {
  type              = "HTTPS"
  port              = 443
  failure_threshold = 3
  fqdn              = "shop-123456789.eu-west-1.elb.amazonaws.com"
  request_interval  = 30
  resource_path     = "/healthz"

  tags = {
    Name = "api.shop.example.com canary"
  }
}

# DnsCanary api

resource "aws_route53_record" "api_stable_a" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = "api.shop.example.com"
  type            = "A"
  health_check_id = aws_route53_health_check.stable.id
  set_identifier  = "stable"

  alias {
    zone_id                = "ZLY8HYME6SFDD"
    name                   = "d-0a1b2c3d4e.execute-api.eu-west-1.amazonaws.com"
    evaluate_target_health = true
  }

  weighted_routing_policy {
    weight = 95
  }
}

resource "aws_route53_record" "api_canary_a" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = "api.shop.example.com"
  type            = "A"
  health_check_id = aws_route53_health_check.canary.id
  set_identifier  = "canary"

  alias {
    zone_id                = "Z32O12XQLNTSW2"
    name                   = "shop-123456789.eu-west-1.elb.amazonaws.com"
    evaluate_target_health = true
  }

  weighted_routing_policy {
    weight = 5
  }

  depends_on = [aws_route53_record.api_stable_a]
}

# Directly in the stack

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "api.shop.example.com-canary-errors"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = "app/shop/0123456789abcdef"
    TargetGroup  = "targetgroup/shop/0123456789abcdef"
  }

  evaluation_periods = 5
  metric_name        = "HTTPCode_Target_5XX_Count"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Sum"
  threshold          = 5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "api.shop.example.com-canary-slow"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = "app/shop/0123456789abcdef"
    TargetGroup  = "targetgroup/shop/0123456789abcdef"
  }

  evaluation_periods = 5
  extended_statistic = "p95"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 0.5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  alarm_name          = "api.shop.example.com-canary-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = "app/shop/0123456789abcdef"
    TargetGroup  = "targetgroup/shop/0123456789abcdef"
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_composite_alarm" "api" {
  alarm_actions     = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description = "Take the next step only while it is OK; otherwise set the percentage to 0."
  alarm_name        = "api.shop.example.com-canary"
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.errors.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.slow.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.unhealthy.alarm_name}\")"
}

output "gate_alarm" {
  value = aws_cloudwatch_composite_alarm.api.alarm_name
}
