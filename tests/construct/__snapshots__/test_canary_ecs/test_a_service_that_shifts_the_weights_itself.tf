terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

# TargetGroupCanary checkout

resource "aws_lb_listener_rule" "checkout" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2"
  priority     = 10

  action {
    type = "forward"

    forward {
      target_group {
        arn    = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/blue/6d0ecf831eec9f09"
        weight = 100
      }

      target_group {
        arn    = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/green/73e2d6bc24d8a067"
        weight = 0
      }
    }
  }

  condition {
    path_pattern {
      values = ["/checkout/*"]
    }
  }

  lifecycle {
    ignore_changes = [action]
  }
}

resource "aws_cloudwatch_metric_alarm" "checkout_stable_errors" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "More than 1 % of the requests to the stable variant result in a 5xx status."
  alarm_name          = "prod-checkout-stable-errors"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3
  evaluation_periods  = 5
  threshold           = 1
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "rate"
    expression  = "100 * FILL(errors, 0) / requests"
    label       = "5xx in percent"
    return_data = true
  }

  metric_query {
    id = "errors"

    metric {
      dimensions = {
        LoadBalancer = "app/web/50dc6c495c0c9188"
        TargetGroup  = "targetgroup/blue/6d0ecf831eec9f09"
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
        LoadBalancer = "app/web/50dc6c495c0c9188"
        TargetGroup  = "targetgroup/blue/6d0ecf831eec9f09"
      }

      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "checkout_stable_latency" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The 95th percentile of the response time of the stable variant is above 0.5 s."
  alarm_name          = "prod-checkout-stable-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = "app/web/50dc6c495c0c9188"
    TargetGroup  = "targetgroup/blue/6d0ecf831eec9f09"
  }

  evaluation_periods = 5
  extended_statistic = "p95"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 0.5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "checkout_stable_unhealthy" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The stable variant has unhealthy targets."
  alarm_name          = "prod-checkout-stable-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = "app/web/50dc6c495c0c9188"
    TargetGroup  = "targetgroup/blue/6d0ecf831eec9f09"
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "checkout_canary_errors" {
  alarm_description   = "More than 1 % of the requests to the canary variant result in a 5xx status."
  alarm_name          = "prod-checkout-canary-errors"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3
  evaluation_periods  = 5
  threshold           = 1
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "rate"
    expression  = "100 * FILL(errors, 0) / requests"
    label       = "5xx in percent"
    return_data = true
  }

  metric_query {
    id = "errors"

    metric {
      dimensions = {
        LoadBalancer = "app/web/50dc6c495c0c9188"
        TargetGroup  = "targetgroup/green/73e2d6bc24d8a067"
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
        LoadBalancer = "app/web/50dc6c495c0c9188"
        TargetGroup  = "targetgroup/green/73e2d6bc24d8a067"
      }

      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "checkout_canary_latency" {
  alarm_description   = "The 95th percentile of the response time of the canary variant is above 0.5 s."
  alarm_name          = "prod-checkout-canary-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = "app/web/50dc6c495c0c9188"
    TargetGroup  = "targetgroup/green/73e2d6bc24d8a067"
  }

  evaluation_periods = 5
  extended_statistic = "p95"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 0.5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "checkout_canary_unhealthy" {
  alarm_description   = "The canary variant has unhealthy targets."
  alarm_name          = "prod-checkout-canary-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = "app/web/50dc6c495c0c9188"
    TargetGroup  = "targetgroup/green/73e2d6bc24d8a067"
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_composite_alarm" "checkout" {
  alarm_actions     = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description = "An alarm of the canary variant is active. Do not take the next step; roll back if the variant has traffic."
  alarm_name        = "prod-checkout-canary"
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.checkout_canary_errors.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.checkout_canary_latency.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.checkout_canary_unhealthy.alarm_name}\")"
}

# Directly in the stack

resource "aws_ecs_service" "shop" {
  name            = "shop"
  task_definition = "shop:1"

  alarms {
    alarm_names = [
      aws_cloudwatch_metric_alarm.checkout_stable_errors.alarm_name,
      aws_cloudwatch_metric_alarm.checkout_stable_latency.alarm_name,
      aws_cloudwatch_metric_alarm.checkout_stable_unhealthy.alarm_name,
      aws_cloudwatch_metric_alarm.checkout_canary_errors.alarm_name,
      aws_cloudwatch_metric_alarm.checkout_canary_latency.alarm_name,
      aws_cloudwatch_metric_alarm.checkout_canary_unhealthy.alarm_name,
    ]

    enable   = true
    rollback = true
  }

  deployment_configuration {
    bake_time_in_minutes = "10"
    strategy             = "CANARY"

    canary_configuration {
      canary_bake_time_in_minutes = "5"
      canary_percent              = 10
    }
  }

  load_balancer {
    container_name   = "shop"
    container_port   = 8443
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/blue/6d0ecf831eec9f09"

    advanced_configuration {
      alternate_target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/green/73e2d6bc24d8a067"
      production_listener_rule   = aws_lb_listener_rule.checkout.arn
      role_arn                   = "arn:aws:iam::123456789012:role/ecs-load-balancers"
    }
  }
}
