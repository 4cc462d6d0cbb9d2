terraform {
  required_version = ">= 1.10"
}

# DnsCanary api

resource "aws_route53_record" "api_stable_a" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = "api.example.com"
  type            = "A"
  health_check_id = "01234567-89ab-cdef-0123-456789abcdef"
  records         = ["192.0.2.1"]
  set_identifier  = "stable"
  ttl             = 60

  weighted_routing_policy {
    weight = 75
  }
}

resource "aws_route53_record" "api_stable_aaaa" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = "api.example.com"
  type            = "AAAA"
  health_check_id = "01234567-89ab-cdef-0123-456789abcdef"
  records         = ["2001:db8::1"]
  set_identifier  = "stable"
  ttl             = 60

  weighted_routing_policy {
    weight = 75
  }
}

resource "aws_route53_record" "api_canary_a" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = "api.example.com"
  type            = "A"
  health_check_id = "01234567-89ab-cdef-0123-456789abcdef"
  set_identifier  = "canary"

  alias {
    zone_id                = "Z32O12XQLNTSW2"
    name                   = "green-1.eu-west-1.elb.amazonaws.com"
    evaluate_target_health = true
  }

  weighted_routing_policy {
    weight = 25
  }

  depends_on = [aws_route53_record.api_stable_a]
}

resource "aws_route53_record" "api_canary_aaaa" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = "api.example.com"
  type            = "AAAA"
  health_check_id = "01234567-89ab-cdef-0123-456789abcdef"
  set_identifier  = "canary"

  alias {
    zone_id                = "Z32O12XQLNTSW2"
    name                   = "green-1.eu-west-1.elb.amazonaws.com"
    evaluate_target_health = true
  }

  weighted_routing_policy {
    weight = 25
  }

  depends_on = [aws_route53_record.api_stable_aaaa]
}

resource "aws_cloudwatch_metric_alarm" "api_stable_errors" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "More than 1 % of the requests to the stable variant result in a 5xx status."
  alarm_name          = "prod-api-stable-errors"
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

resource "aws_cloudwatch_metric_alarm" "api_stable_latency" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The 95th percentile of the response time of the stable variant is above 0.5 s."
  alarm_name          = "prod-api-stable-latency"
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

resource "aws_cloudwatch_metric_alarm" "api_stable_unhealthy" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The stable variant has unhealthy targets."
  alarm_name          = "prod-api-stable-unhealthy"
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

resource "aws_cloudwatch_metric_alarm" "api_canary_errors" {
  alarm_description   = "More than 1 % of the requests to the canary variant result in a 5xx status."
  alarm_name          = "prod-api-canary-errors"
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

resource "aws_cloudwatch_metric_alarm" "api_canary_latency" {
  alarm_description   = "The 95th percentile of the response time of the canary variant is above 0.5 s."
  alarm_name          = "prod-api-canary-latency"
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

resource "aws_cloudwatch_metric_alarm" "api_canary_unhealthy" {
  alarm_description   = "The canary variant has unhealthy targets."
  alarm_name          = "prod-api-canary-unhealthy"
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

resource "aws_cloudwatch_composite_alarm" "api" {
  alarm_actions     = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description = "An alarm of the canary variant is active. Do not take the next step; roll back if the variant has traffic."
  alarm_name        = "prod-api-canary"
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.api_canary_errors.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.api_canary_latency.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.api_canary_unhealthy.alarm_name}\")"
}

moved {
  from = aws_route53_record.api
  to   = aws_route53_record.api_stable_a
}
