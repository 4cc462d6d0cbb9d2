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

resource "aws_sqs_queue" "failed" {
  name                      = "invoices-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "invoices" {
  name                      = "invoices"
  message_retention_seconds = 345600

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })

  visibility_timeout_seconds = 300
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
  name               = "invoices-execution"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role" "worker" {
  name               = "invoices-worker"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy_attachment" "start" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

data "aws_iam_policy_document" "worker" {
  statement {
    sid = "ReadQueue"

    actions = [
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:ChangeMessageVisibility",
      "sqs:GetQueueAttributes",
    ]

    resources = [aws_sqs_queue.invoices.arn]
  }
}

resource "aws_iam_role_policy" "worker" {
  name   = "work"
  role   = aws_iam_role.worker.name
  policy = data.aws_iam_policy_document.worker.json
}

resource "aws_cloudwatch_log_group" "invoices" {
  name              = "/ecs/invoices"
  retention_in_days = 365
}

resource "aws_ecs_task_definition" "invoices" {
  container_definitions = jsonencode([
    {
      name                   = "invoices"
      image                  = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/invoices:1.4.2"
      readonlyRootFilesystem = true
      stopTimeout            = 110
      environment = [
        {
          name  = "QUEUE_URL"
          value = aws_sqs_queue.invoices.url
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.invoices.name
          "awslogs-region"        = "eu-west-1"
          "awslogs-stream-prefix" = "invoices"
        }
      }
    },
  ])

  cpu                      = "256"
  execution_role_arn       = aws_iam_role.execution.arn
  family                   = "invoices"
  memory                   = "512"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  task_role_arn            = aws_iam_role.worker.arn
}

resource "aws_ecs_cluster" "invoices" {
  name = "invoices"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "invoices" {
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
  cluster_name       = aws_ecs_cluster.invoices.name
}

resource "aws_ecs_service" "invoices" {
  name                          = "invoices"
  availability_zone_rebalancing = "ENABLED"
  cluster                       = aws_ecs_cluster.invoices.arn
  desired_count                 = 1
  propagate_tags                = "SERVICE"
  task_definition               = aws_ecs_task_definition.invoices.arn
  wait_for_steady_state         = true

  capacity_provider_strategy {
    base              = 1
    capacity_provider = "FARGATE"
    weight            = 1
  }

  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 9
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    security_groups = ["sg-0123456789abcdef0"]
    subnets         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  }

  lifecycle {
    ignore_changes = [desired_count]

    postcondition {
      condition     = self.task_definition == aws_ecs_task_definition.invoices.arn
      error_message = "ECS rolled back; read the events of the service."
    }
  }

  depends_on = [
    aws_iam_role_policy_attachment.start,
    aws_iam_role_policy.worker,
    aws_ecs_cluster_capacity_providers.invoices,
  ]
}

resource "aws_appautoscaling_target" "invoices" {
  max_capacity       = 50
  min_capacity       = 1
  resource_id        = "service/${aws_ecs_cluster.invoices.name}/${aws_ecs_service.invoices.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}

resource "aws_appautoscaling_policy" "backlog" {
  name               = "backlog"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.invoices.resource_id
  scalable_dimension = aws_appautoscaling_target.invoices.scalable_dimension
  service_namespace  = aws_appautoscaling_target.invoices.service_namespace

  target_tracking_scaling_policy_configuration {
    target_value = 60

    customized_metric_specification {
      metrics {
        id          = "messages"
        return_data = false

        metric_stat {
          stat = "Sum"

          metric {
            metric_name = "ApproximateNumberOfMessagesVisible"
            namespace   = "AWS/SQS"

            dimensions {
              name  = "QueueName"
              value = aws_sqs_queue.invoices.name
            }
          }
        }
      }

      metrics {
        id          = "tasks"
        return_data = false

        metric_stat {
          stat = "Average"

          metric {
            metric_name = "RunningTaskCount"
            namespace   = "ECS/ContainerInsights"

            dimensions {
              name  = "ClusterName"
              value = aws_ecs_cluster.invoices.name
            }

            dimensions {
              name  = "ServiceName"
              value = aws_ecs_service.invoices.name
            }
          }
        }
      }

      metrics {
        id         = "backlog"
        expression = "messages / tasks"
        label      = "Messages for each task"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "late" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_name          = "invoices-late"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    QueueName = aws_sqs_queue.invoices.name
  }

  evaluation_periods = 1
  metric_name        = "ApproximateAgeOfOldestMessage"
  namespace          = "AWS/SQS"
  period             = 60
  statistic          = "Maximum"
  threshold          = 900
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_name          = "invoices-failed"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    QueueName = aws_sqs_queue.failed.name
  }

  evaluation_periods = 1
  metric_name        = "ApproximateNumberOfMessagesVisible"
  namespace          = "AWS/SQS"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
}
