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

resource "aws_lb" "shop" {
  name                       = "shop"
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  security_groups            = ["sg-0123456789abcdef1"]
  subnets                    = ["subnet-0a1b2c3d4e5f60011", "subnet-0a1b2c3d4e5f60012"]
}

resource "aws_lb_target_group" "shop" {
  vpc_id               = "vpc-0123456789abcdef0"
  name                 = "shop"
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

resource "aws_lb_listener" "https" {
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
  load_balancer_arn = aws_lb.shop.arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop.arn
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "TrustTasks"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "execution" {
  name               = "shop-execution"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy_attachment" "start" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_cloudwatch_log_group" "shop" {
  name              = "/ecs/shop"
  retention_in_days = 365
}

resource "aws_ecs_task_definition" "shop" {
  container_definitions = jsonencode([
    {
      name                   = "shop"
      image                  = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.2"
      readonlyRootFilesystem = true
      stopTimeout            = 90
      portMappings = [
        {
          containerPort = 8080
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.shop.name
          "awslogs-region"        = "eu-west-1"
          "awslogs-stream-prefix" = "shop"
        }
      }
    },
  ])

  cpu                      = "256"
  execution_role_arn       = aws_iam_role.execution.arn
  family                   = "shop"
  memory                   = "512"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_name          = "shop-errors"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    LoadBalancer = aws_lb.shop.arn_suffix
    TargetGroup  = aws_lb_target_group.shop.arn_suffix
  }

  evaluation_periods = 2
  metric_name        = "HTTPCode_Target_5XX_Count"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Sum"
  threshold          = 10
  treat_missing_data = "notBreaching"
}

resource "aws_ecs_cluster" "shop" {
  name = "shop"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "shop" {
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
  cluster_name       = aws_ecs_cluster.shop.name
}

resource "aws_ecs_service" "shop" {
  name                              = "shop"
  availability_zone_rebalancing     = "ENABLED"
  cluster                           = aws_ecs_cluster.shop.arn
  desired_count                     = 2
  health_check_grace_period_seconds = 60
  propagate_tags                    = "SERVICE"
  task_definition                   = aws_ecs_task_definition.shop.arn
  wait_for_steady_state             = true

  alarms {
    alarm_names = [aws_cloudwatch_metric_alarm.errors.alarm_name]
    enable      = true
    rollback    = true
  }

  capacity_provider_strategy {
    base              = 2
    capacity_provider = "FARGATE"
    weight            = 1
  }

  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 3
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  load_balancer {
    container_name   = "shop"
    container_port   = 8080
    target_group_arn = aws_lb_target_group.shop.arn
  }

  network_configuration {
    security_groups = ["sg-0123456789abcdef0"]
    subnets         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  }

  lifecycle {
    ignore_changes = [desired_count]

    postcondition {
      condition     = self.task_definition == aws_ecs_task_definition.shop.arn
      error_message = "ECS rolled back; read the events of the service."
    }
  }

  depends_on = [
    aws_lb_listener.https,
    aws_iam_role_policy_attachment.start,
    aws_ecs_cluster_capacity_providers.shop,
  ]
}

resource "aws_appautoscaling_target" "shop" {
  max_capacity       = 20
  min_capacity       = 2
  resource_id        = "service/${aws_ecs_cluster.shop.name}/${aws_ecs_service.shop.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}

resource "aws_appautoscaling_policy" "requests" {
  name               = "requests"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.shop.resource_id
  scalable_dimension = aws_appautoscaling_target.shop.scalable_dimension
  service_namespace  = aws_appautoscaling_target.shop.service_namespace

  target_tracking_scaling_policy_configuration {
    target_value = 1000

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.shop.arn_suffix}/${aws_lb_target_group.shop.arn_suffix}"
    }
  }
}
