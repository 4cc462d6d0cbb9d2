terraform {
  required_version = ">= 1.10"
}

resource "aws_lb" "web" {
  name               = "web"
  load_balancer_type = "application"
  subnets            = ["subnet-0a1b2c3d4e5f60001"]
}

resource "aws_lb_target_group" "blue" {
  vpc_id   = "vpc-0123456789abcdef0"
  port     = 80
  protocol = "HTTP"
}

resource "aws_lb_target_group" "green" {
  vpc_id   = "vpc-0123456789abcdef0"
  port     = 80
  protocol = "HTTP"
}

resource "aws_lb_target_group" "red" {
  vpc_id   = "vpc-0123456789abcdef0"
  port     = 80
  protocol = "HTTP"
}

# ListenerCanary front

resource "aws_lb_listener" "front" {
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
  load_balancer_arn = aws_lb.web.arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type = "forward"

    forward {
      stickiness {
        duration = 600
        enabled  = true
      }

      target_group {
        arn    = aws_lb_target_group.blue.arn
        weight = 70
      }

      target_group {
        arn    = aws_lb_target_group.green.arn
        weight = 25
      }

      target_group {
        arn    = aws_lb_target_group.red.arn
        weight = 5
      }
    }
  }

  lifecycle {
    ignore_changes = [default_action]
  }
}

resource "aws_cloudwatch_metric_alarm" "front_stable_errors" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "More than 1 % of the requests to the stable variant result in a 5xx status."
  alarm_name          = "prod-front-stable-errors"
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
        LoadBalancer = aws_lb.web.arn_suffix
        TargetGroup  = aws_lb_target_group.blue.arn_suffix
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
        LoadBalancer = aws_lb.web.arn_suffix
        TargetGroup  = aws_lb_target_group.blue.arn_suffix
      }

      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "front_stable_latency" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The 95th percentile of the response time of the stable variant is above 0.5 s."
  alarm_name          = "prod-front-stable-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.web.arn_suffix
    TargetGroup  = aws_lb_target_group.blue.arn_suffix
  }

  evaluation_periods = 5
  extended_statistic = "p95"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 0.5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "front_stable_unhealthy" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The stable variant has unhealthy targets."
  alarm_name          = "prod-front-stable-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.web.arn_suffix
    TargetGroup  = aws_lb_target_group.blue.arn_suffix
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "front_green_errors" {
  alarm_description   = "More than 1 % of the requests to the green variant result in a 5xx status."
  alarm_name          = "prod-front-green-errors"
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
        LoadBalancer = aws_lb.web.arn_suffix
        TargetGroup  = aws_lb_target_group.green.arn_suffix
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
        LoadBalancer = aws_lb.web.arn_suffix
        TargetGroup  = aws_lb_target_group.green.arn_suffix
      }

      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "front_green_latency" {
  alarm_description   = "The 95th percentile of the response time of the green variant is above 0.5 s."
  alarm_name          = "prod-front-green-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.web.arn_suffix
    TargetGroup  = aws_lb_target_group.green.arn_suffix
  }

  evaluation_periods = 5
  extended_statistic = "p95"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 0.5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "front_green_unhealthy" {
  alarm_description   = "The green variant has unhealthy targets."
  alarm_name          = "prod-front-green-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.web.arn_suffix
    TargetGroup  = aws_lb_target_group.green.arn_suffix
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "front_red_errors" {
  alarm_description   = "More than 1 % of the requests to the red variant result in a 5xx status."
  alarm_name          = "prod-front-red-errors"
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
        LoadBalancer = aws_lb.web.arn_suffix
        TargetGroup  = aws_lb_target_group.red.arn_suffix
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
        LoadBalancer = aws_lb.web.arn_suffix
        TargetGroup  = aws_lb_target_group.red.arn_suffix
      }

      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "front_red_latency" {
  alarm_description   = "The 95th percentile of the response time of the red variant is above 0.5 s."
  alarm_name          = "prod-front-red-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.web.arn_suffix
    TargetGroup  = aws_lb_target_group.red.arn_suffix
  }

  evaluation_periods = 5
  extended_statistic = "p95"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 0.5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "front_red_unhealthy" {
  alarm_description   = "The red variant has unhealthy targets."
  alarm_name          = "prod-front-red-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.web.arn_suffix
    TargetGroup  = aws_lb_target_group.red.arn_suffix
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_composite_alarm" "front" {
  alarm_actions     = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description = "An alarm of the canary variant is active. Do not take the next step; roll back if the variant has traffic."
  alarm_name        = "prod-front-canary"
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.front_green_errors.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.front_green_latency.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.front_green_unhealthy.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.front_red_errors.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.front_red_latency.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.front_red_unhealthy.alarm_name}\")"
}
