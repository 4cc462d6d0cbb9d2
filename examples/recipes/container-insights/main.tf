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

resource "aws_cloudwatch_log_group" "ecs_performance" {
  name              = "/aws/ecs/containerinsights/shop-prod/performance"
  retention_in_days = 7
}

resource "aws_ecs_cluster" "shop" {
  name = "shop-prod"

  setting {
    name  = "containerInsights"
    value = "enhanced"
  }

  depends_on = [aws_cloudwatch_log_group.ecs_performance]
}

resource "aws_cloudwatch_metric_alarm" "ecs_missing_tasks" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-duty"]
  alarm_name          = "ecs_missing_tasks"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 5
  threshold           = 0

  metric_query {
    id          = "missing"
    expression  = "desired - running"
    label       = "Missing tasks"
    return_data = true
  }

  metric_query {
    id = "desired"

    metric {
      dimensions = {
        ClusterName = aws_ecs_cluster.shop.name
        ServiceName = "web"
      }

      metric_name = "DesiredTaskCount"
      namespace   = "ECS/ContainerInsights"
      period      = 60
      stat        = "Average"
    }
  }

  metric_query {
    id = "running"

    metric {
      dimensions = {
        ClusterName = aws_ecs_cluster.shop.name
        ServiceName = "web"
      }

      metric_name = "RunningTaskCount"
      namespace   = "ECS/ContainerInsights"
      period      = 60
      stat        = "Average"
    }
  }
}

resource "aws_cloudwatch_log_group" "eks_performance" {
  name              = "/aws/containerinsights/shop-prod/performance"
  retention_in_days = 7
}

resource "aws_cloudwatch_log_group" "eks_application" {
  name              = "/aws/containerinsights/shop-prod/application"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "eks_dataplane" {
  name              = "/aws/containerinsights/shop-prod/dataplane"
  retention_in_days = 7
}

resource "aws_cloudwatch_log_group" "eks_host" {
  name              = "/aws/containerinsights/shop-prod/host"
  retention_in_days = 7
}

data "aws_iam_policy_document" "agent" {
  statement {
    sid     = "Trust"
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/kubernetes-namespace"
      values   = ["amazon-cloudwatch"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/kubernetes-service-account"
      values   = ["cloudwatch-agent"]
    }
  }
}

resource "aws_iam_role" "agent" {
  name               = "cloudwatch-agent"
  assume_role_policy = data.aws_iam_policy_document.agent.json
}

resource "aws_iam_role_policy_attachment" "agent" {
  role       = aws_iam_role.agent.name
  policy_arn = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"
}

resource "aws_eks_pod_identity_association" "agent" {
  cluster_name    = "shop-prod"
  namespace       = "amazon-cloudwatch"
  role_arn        = aws_iam_role.agent.arn
  service_account = "cloudwatch-agent"
}

resource "aws_eks_addon" "cloudwatch" {
  addon_name   = "amazon-cloudwatch-observability"
  cluster_name = "shop-prod"

  configuration_values = jsonencode({
    agent = {
      config = {
        logs = {
          metrics_collected = {
            kubernetes = {
              enhanced_container_insights = true
            }
          }
        }
      }
    }
  })

  depends_on = [
    aws_eks_pod_identity_association.agent,
    aws_cloudwatch_log_group.eks_performance,
    aws_cloudwatch_log_group.eks_application,
    aws_cloudwatch_log_group.eks_dataplane,
    aws_cloudwatch_log_group.eks_host,
  ]
}

resource "aws_cloudwatch_metric_alarm" "eks_failed_nodes" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-duty"]
  alarm_name          = "eks_failed_nodes"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    ClusterName = "shop-prod"
  }

  evaluation_periods = 5
  metric_name        = "cluster_failed_node_count"
  namespace          = "ContainerInsights"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
}
