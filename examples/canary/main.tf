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
  region = "eu-west-1"

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

resource "aws_lb" "blue" {
  name                       = "blue"
  drop_invalid_header_fields = true
  internal                   = true
  load_balancer_type         = "application"
  security_groups            = ["sg-0123456789abcdef0"]
  subnets                    = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
}

resource "aws_lb" "green" {
  name                       = "green"
  drop_invalid_header_fields = true
  internal                   = true
  load_balancer_type         = "application"
  security_groups            = ["sg-0123456789abcdef0"]
  subnets                    = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
}

resource "aws_lb_target_group" "shop-stable" {
  vpc_id      = "vpc-0123456789abcdef0"
  name        = "shop-stable"
  port        = 8443
  protocol    = "HTTPS"
  target_type = "ip"

  health_check {
    protocol = "HTTPS"
    interval = 10
    path     = "/healthz"
    timeout  = 5
  }
}

resource "aws_lb_target_group" "shop-canary" {
  vpc_id      = "vpc-0123456789abcdef0"
  name        = "shop-canary"
  port        = 8443
  protocol    = "HTTPS"
  target_type = "ip"

  health_check {
    protocol = "HTTPS"
    interval = 10
    path     = "/healthz"
    timeout  = 5
  }
}

resource "aws_lb_listener" "blue" {
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
  load_balancer_arn = aws_lb.blue.arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop-stable.arn
  }
}

# TargetGroupCanary checkout

resource "aws_lb_listener_rule" "checkout" {
  listener_arn = aws_lb_listener.blue.arn
  priority     = 10

  action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.shop-stable.arn
        weight = 95
      }

      target_group {
        arn    = aws_lb_target_group.shop-canary.arn
        weight = 5
      }
    }
  }

  condition {
    path_pattern {
      values = ["/checkout/*"]
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "checkout_stable_errors" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "More than 1 % of the requests to the stable variant result in a 5xx status."
  alarm_name          = "canary-checkout-stable-errors"
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
        LoadBalancer = aws_lb.blue.arn_suffix
        TargetGroup  = aws_lb_target_group.shop-stable.arn_suffix
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
        LoadBalancer = aws_lb.blue.arn_suffix
        TargetGroup  = aws_lb_target_group.shop-stable.arn_suffix
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
  alarm_name          = "canary-checkout-stable-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.blue.arn_suffix
    TargetGroup  = aws_lb_target_group.shop-stable.arn_suffix
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
  alarm_name          = "canary-checkout-stable-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.blue.arn_suffix
    TargetGroup  = aws_lb_target_group.shop-stable.arn_suffix
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
  alarm_name          = "canary-checkout-canary-errors"
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
        LoadBalancer = aws_lb.blue.arn_suffix
        TargetGroup  = aws_lb_target_group.shop-canary.arn_suffix
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
        LoadBalancer = aws_lb.blue.arn_suffix
        TargetGroup  = aws_lb_target_group.shop-canary.arn_suffix
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
  alarm_name          = "canary-checkout-canary-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.blue.arn_suffix
    TargetGroup  = aws_lb_target_group.shop-canary.arn_suffix
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
  alarm_name          = "canary-checkout-canary-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.blue.arn_suffix
    TargetGroup  = aws_lb_target_group.shop-canary.arn_suffix
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
  alarm_name        = "canary-checkout-canary"
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.checkout_canary_errors.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.checkout_canary_latency.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.checkout_canary_unhealthy.alarm_name}\")"
}

# Directly in the stack

resource "aws_lb" "messages" {
  name                             = "messages"
  enable_cross_zone_load_balancing = true
  internal                         = true
  load_balancer_type               = "network"
  security_groups                  = ["sg-0123456789abcdef0"]
  subnets                          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
}

resource "aws_lb_target_group" "broker-stable" {
  vpc_id      = "vpc-0123456789abcdef0"
  name        = "broker-stable"
  port        = 8883
  protocol    = "TCP"
  target_type = "ip"

  health_check {
    protocol = "TCP"
    interval = 10
  }
}

resource "aws_lb_target_group" "broker-canary" {
  vpc_id      = "vpc-0123456789abcdef0"
  name        = "broker-canary"
  port        = 8883
  protocol    = "TCP"
  target_type = "ip"

  health_check {
    protocol = "TCP"
    interval = 10
  }
}

# ListenerCanary broker

resource "aws_lb_listener" "broker" {
  port              = 8883
  protocol          = "TCP"
  load_balancer_arn = aws_lb.messages.arn

  default_action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.broker-stable.arn
        weight = 95
      }

      target_group {
        arn    = aws_lb_target_group.broker-canary.arn
        weight = 5
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "broker_stable_unhealthy" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The stable variant has unhealthy targets."
  alarm_name          = "canary-broker-stable-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.messages.arn_suffix
    TargetGroup  = aws_lb_target_group.broker-stable.arn_suffix
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/NetworkELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "broker_canary_unhealthy" {
  alarm_description   = "The canary variant has unhealthy targets."
  alarm_name          = "canary-broker-canary-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.messages.arn_suffix
    TargetGroup  = aws_lb_target_group.broker-canary.arn_suffix
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/NetworkELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_composite_alarm" "broker" {
  alarm_actions     = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description = "An alarm of the canary variant is active. Do not take the next step; roll back if the variant has traffic."
  alarm_name        = "canary-broker-canary"
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.broker_canary_unhealthy.alarm_name}\")"
}

# Directly in the stack

resource "aws_route53_zone" "shop" {
  name    = "shop.example.com"
  comment = "The shop."
}

resource "aws_lb_target_group" "green-shop" {
  vpc_id      = "vpc-0123456789abcdef0"
  name        = "green-shop"
  port        = 8443
  protocol    = "HTTPS"
  target_type = "ip"

  health_check {
    protocol = "HTTPS"
    interval = 10
    path     = "/healthz"
    timeout  = 5
  }
}

resource "aws_lb_listener" "green" {
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
  load_balancer_arn = aws_lb.green.arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.green-shop.arn
  }
}

# DnsCanary api

resource "aws_route53_record" "api_stable_a" {
  zone_id        = aws_route53_zone.shop.zone_id
  name           = "api.shop.example.com"
  type           = "A"
  set_identifier = "stable"

  alias {
    zone_id                = aws_lb.blue.zone_id
    name                   = aws_lb.blue.dns_name
    evaluate_target_health = true
  }

  weighted_routing_policy {
    weight = 100
  }
}

resource "aws_route53_record" "api_canary_a" {
  zone_id        = aws_route53_zone.shop.zone_id
  name           = "api.shop.example.com"
  type           = "A"
  set_identifier = "canary"

  alias {
    zone_id                = aws_lb.green.zone_id
    name                   = aws_lb.green.dns_name
    evaluate_target_health = true
  }

  weighted_routing_policy {
    weight = 0
  }

  depends_on = [aws_route53_record.api_stable_a]
}

resource "aws_cloudwatch_metric_alarm" "api_stable_errors" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "More than 1 % of the requests to the stable variant result in a 5xx status."
  alarm_name          = "canary-api-stable-errors"
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
        LoadBalancer = aws_lb.blue.arn_suffix
        TargetGroup  = aws_lb_target_group.shop-stable.arn_suffix
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
        LoadBalancer = aws_lb.blue.arn_suffix
        TargetGroup  = aws_lb_target_group.shop-stable.arn_suffix
      }

      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "api_stable_latency" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The 95th percentile of the response time of the stable variant is above 0.5 s."
  alarm_name          = "canary-api-stable-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.blue.arn_suffix
    TargetGroup  = aws_lb_target_group.shop-stable.arn_suffix
  }

  evaluation_periods = 5
  extended_statistic = "p95"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 0.5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "api_stable_unhealthy" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The stable variant has unhealthy targets."
  alarm_name          = "canary-api-stable-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.blue.arn_suffix
    TargetGroup  = aws_lb_target_group.shop-stable.arn_suffix
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "api_canary_errors" {
  alarm_description   = "More than 1 % of the requests to the canary variant result in a 5xx status."
  alarm_name          = "canary-api-canary-errors"
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
        LoadBalancer = aws_lb.green.arn_suffix
        TargetGroup  = aws_lb_target_group.green-shop.arn_suffix
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
        LoadBalancer = aws_lb.green.arn_suffix
        TargetGroup  = aws_lb_target_group.green-shop.arn_suffix
      }

      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "api_canary_latency" {
  alarm_description   = "The 95th percentile of the response time of the canary variant is above 0.5 s."
  alarm_name          = "canary-api-canary-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.green.arn_suffix
    TargetGroup  = aws_lb_target_group.green-shop.arn_suffix
  }

  evaluation_periods = 5
  extended_statistic = "p95"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 0.5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "api_canary_unhealthy" {
  alarm_description   = "The canary variant has unhealthy targets."
  alarm_name          = "canary-api-canary-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.green.arn_suffix
    TargetGroup  = aws_lb_target_group.green-shop.arn_suffix
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
  alarm_description = "An alarm of the canary variant is active. Do not take the next step; roll back if the variant has traffic."
  alarm_name        = "canary-api-canary"
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.api_canary_errors.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.api_canary_latency.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.api_canary_unhealthy.alarm_name}\")"
}
