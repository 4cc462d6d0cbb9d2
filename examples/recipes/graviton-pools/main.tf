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

resource "aws_lb" "catalog" {
  name                       = "catalog"
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  security_groups            = ["sg-0123456789abcdef1"]
  subnets                    = ["subnet-0a1b2c3d4e5f60011", "subnet-0a1b2c3d4e5f60012"]
}

resource "aws_lb_target_group" "x86" {
  vpc_id               = "vpc-0123456789abcdef0"
  name                 = "catalog-x86"
  port                 = 8080
  protocol             = "HTTP"
  deregistration_delay = "60"
  slow_start           = 60

  health_check {
    healthy_threshold = 2
    interval          = 10
    path              = "/healthz"
    timeout           = 5
  }
}

resource "aws_lb_target_group" "graviton" {
  vpc_id               = "vpc-0123456789abcdef0"
  name                 = "catalog-graviton"
  port                 = 8080
  protocol             = "HTTP"
  deregistration_delay = "60"
  slow_start           = 60

  health_check {
    healthy_threshold = 2
    interval          = 10
    path              = "/healthz"
    timeout           = 5
  }
}

# ListenerCanary https

resource "aws_lb_listener" "https" {
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
  load_balancer_arn = aws_lb.catalog.arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"

  default_action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.x86.arn
        weight = 95
      }

      target_group {
        arn    = aws_lb_target_group.graviton.arn
        weight = 5
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "https_stable_errors" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "More than 1 % of the requests to the stable variant result in a 5xx status."
  alarm_name          = "graviton-pools-https-stable-errors"
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
        LoadBalancer = aws_lb.catalog.arn_suffix
        TargetGroup  = aws_lb_target_group.x86.arn_suffix
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
        LoadBalancer = aws_lb.catalog.arn_suffix
        TargetGroup  = aws_lb_target_group.x86.arn_suffix
      }

      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "https_stable_latency" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The 95th percentile of the response time of the stable variant is above 0.5 s."
  alarm_name          = "graviton-pools-https-stable-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.catalog.arn_suffix
    TargetGroup  = aws_lb_target_group.x86.arn_suffix
  }

  evaluation_periods = 5
  extended_statistic = "p95"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 0.5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "https_stable_unhealthy" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The stable variant has unhealthy targets."
  alarm_name          = "graviton-pools-https-stable-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.catalog.arn_suffix
    TargetGroup  = aws_lb_target_group.x86.arn_suffix
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "https_canary_errors" {
  alarm_description   = "More than 1 % of the requests to the canary variant result in a 5xx status."
  alarm_name          = "graviton-pools-https-canary-errors"
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
        LoadBalancer = aws_lb.catalog.arn_suffix
        TargetGroup  = aws_lb_target_group.graviton.arn_suffix
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
        LoadBalancer = aws_lb.catalog.arn_suffix
        TargetGroup  = aws_lb_target_group.graviton.arn_suffix
      }

      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "https_canary_latency" {
  alarm_description   = "The 95th percentile of the response time of the canary variant is above 0.5 s."
  alarm_name          = "graviton-pools-https-canary-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.catalog.arn_suffix
    TargetGroup  = aws_lb_target_group.graviton.arn_suffix
  }

  evaluation_periods = 5
  extended_statistic = "p95"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 0.5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "https_canary_unhealthy" {
  alarm_description   = "The canary variant has unhealthy targets."
  alarm_name          = "graviton-pools-https-canary-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.catalog.arn_suffix
    TargetGroup  = aws_lb_target_group.graviton.arn_suffix
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_composite_alarm" "https" {
  alarm_actions     = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description = "An alarm of the canary variant is active. Do not take the next step; roll back if the variant has traffic."
  alarm_name        = "graviton-pools-https-canary"
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.https_canary_errors.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.https_canary_latency.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.https_canary_unhealthy.alarm_name}\")"
}

# Directly in the stack

resource "aws_launch_template" "x86" {
  name                   = "catalog-x86"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m7i.large"
  vpc_security_group_ids = ["sg-0123456789abcdef0"]

  metadata_options {
    http_put_response_hop_limit = 1
    http_tokens                 = "required"
  }

  tag_specifications {
    resource_type = "instance"

    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }

  tag_specifications {
    resource_type = "volume"

    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

resource "aws_autoscaling_group" "x86" {
  name                      = "catalog-x86"
  health_check_grace_period = 120
  health_check_type         = "ELB"
  max_size                  = 12
  min_size                  = 2
  target_group_arns         = [aws_lb_target_group.x86.arn]
  vpc_zone_identifier       = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]

  instance_refresh {
    strategy = "Rolling"

    preferences {
      auto_rollback = true
    }
  }

  launch_template {
    id      = aws_launch_template.x86.id
    version = aws_launch_template.x86.latest_version
  }

  tag {
    key                 = "Environment"
    propagate_at_launch = true
    value               = "prod"
  }

  tag {
    key                 = "Owner"
    propagate_at_launch = true
    value               = "platform"
  }
}

resource "aws_autoscaling_policy" "x86" {
  name                   = "catalog-x86"
  autoscaling_group_name = aws_autoscaling_group.x86.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 3000

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.catalog.arn_suffix}/${aws_lb_target_group.x86.arn_suffix}"
    }
  }

  depends_on = [aws_lb_listener.https]
}

resource "aws_launch_template" "graviton" {
  name                   = "catalog-graviton"
  image_id               = "ami-0123456789abcdef1"
  instance_type          = "m7g.large"
  vpc_security_group_ids = ["sg-0123456789abcdef0"]

  metadata_options {
    http_put_response_hop_limit = 1
    http_tokens                 = "required"
  }

  tag_specifications {
    resource_type = "instance"

    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }

  tag_specifications {
    resource_type = "volume"

    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

resource "aws_autoscaling_group" "graviton" {
  name                      = "catalog-graviton"
  health_check_grace_period = 120
  health_check_type         = "ELB"
  max_size                  = 12
  min_size                  = 2
  target_group_arns         = [aws_lb_target_group.graviton.arn]
  vpc_zone_identifier       = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]

  instance_refresh {
    strategy = "Rolling"

    preferences {
      auto_rollback = true
    }
  }

  launch_template {
    id      = aws_launch_template.graviton.id
    version = aws_launch_template.graviton.latest_version
  }

  tag {
    key                 = "Environment"
    propagate_at_launch = true
    value               = "prod"
  }

  tag {
    key                 = "Owner"
    propagate_at_launch = true
    value               = "platform"
  }
}

resource "aws_autoscaling_policy" "graviton" {
  name                   = "catalog-graviton"
  autoscaling_group_name = aws_autoscaling_group.graviton.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 3000

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.catalog.arn_suffix}/${aws_lb_target_group.graviton.arn_suffix}"
    }
  }

  depends_on = [aws_lb_listener.https]
}
