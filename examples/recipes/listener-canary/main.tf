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

resource "aws_lb" "checkout" {
  name                       = "checkout"
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  security_groups            = ["sg-0123456789abcdef1"]
  subnets                    = ["subnet-0a1b2c3d4e5f60011", "subnet-0a1b2c3d4e5f60012"]
}

resource "aws_lb_listener" "https" {
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
  load_balancer_arn = aws_lb.checkout.arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "Not found"
      status_code  = "404"
    }
  }
}

resource "aws_lb_target_group" "stable" {
  vpc_id               = "vpc-0123456789abcdef0"
  name                 = "checkout-stable"
  port                 = 8080
  protocol             = "HTTP"
  deregistration_delay = "60"
  target_type          = "ip"

  health_check {
    healthy_threshold = 2
    interval          = 10
    path              = "/healthz"
    timeout           = 5
  }
}

resource "aws_lb_target_group" "canary" {
  vpc_id               = "vpc-0123456789abcdef0"
  name                 = "checkout-canary"
  port                 = 8080
  protocol             = "HTTP"
  deregistration_delay = "60"
  target_type          = "ip"

  health_check {
    healthy_threshold = 2
    interval          = 10
    path              = "/healthz"
    timeout           = 5
  }
}

resource "aws_lb_listener_rule" "check" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 1

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.canary.arn
  }

  condition {
    host_header {
      values = ["checkout.example.com"]
    }
  }

  condition {
    http_header {
      values           = ["always"]
      http_header_name = "x-canary-check"
    }
  }
}

# TargetGroupCanary rollout

resource "aws_lb_listener_rule" "rollout" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 10

  action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.stable.arn
        weight = 95
      }

      target_group {
        arn    = aws_lb_target_group.canary.arn
        weight = 5
      }
    }
  }

  condition {
    host_header {
      values = ["checkout.example.com"]
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "rollout_stable_errors" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "More than 1 % of the requests to the stable variant result in a 5xx status."
  alarm_name          = "checkout-stable-errors"
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
        LoadBalancer = aws_lb.checkout.arn_suffix
        TargetGroup  = aws_lb_target_group.stable.arn_suffix
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
        LoadBalancer = aws_lb.checkout.arn_suffix
        TargetGroup  = aws_lb_target_group.stable.arn_suffix
      }

      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "rollout_stable_latency" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The 95th percentile of the response time of the stable variant is above 0.5 s."
  alarm_name          = "checkout-stable-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.checkout.arn_suffix
    TargetGroup  = aws_lb_target_group.stable.arn_suffix
  }

  evaluation_periods = 5
  extended_statistic = "p95"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 0.5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "rollout_stable_unhealthy" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The stable variant has unhealthy targets."
  alarm_name          = "checkout-stable-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.checkout.arn_suffix
    TargetGroup  = aws_lb_target_group.stable.arn_suffix
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "rollout_canary_errors" {
  alarm_description   = "More than 1 % of the requests to the canary variant result in a 5xx status."
  alarm_name          = "checkout-canary-errors"
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
        LoadBalancer = aws_lb.checkout.arn_suffix
        TargetGroup  = aws_lb_target_group.canary.arn_suffix
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
        LoadBalancer = aws_lb.checkout.arn_suffix
        TargetGroup  = aws_lb_target_group.canary.arn_suffix
      }

      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "rollout_canary_latency" {
  alarm_description   = "The 95th percentile of the response time of the canary variant is above 0.5 s."
  alarm_name          = "checkout-canary-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.checkout.arn_suffix
    TargetGroup  = aws_lb_target_group.canary.arn_suffix
  }

  evaluation_periods = 5
  extended_statistic = "p95"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 0.5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "rollout_canary_unhealthy" {
  alarm_description   = "The canary variant has unhealthy targets."
  alarm_name          = "checkout-canary-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.checkout.arn_suffix
    TargetGroup  = aws_lb_target_group.canary.arn_suffix
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_composite_alarm" "rollout" {
  alarm_actions     = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description = "An alarm of the canary variant is active. Do not take the next step; roll back if the variant has traffic."
  alarm_name        = "checkout-canary"
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.rollout_canary_errors.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.rollout_canary_latency.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.rollout_canary_unhealthy.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.unavailable.alarm_name}\")"
}

# Directly in the stack

resource "aws_cloudwatch_metric_alarm" "unavailable" {
  alarm_name          = "checkout-unavailable"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    LoadBalancer = aws_lb.checkout.arn_suffix
  }

  evaluation_periods = 1
  metric_name        = "HTTPCode_ELB_503_Count"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

output "gate_alarm" {
  value = aws_cloudwatch_composite_alarm.rollout.alarm_name
}
