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

resource "aws_security_group" "reports" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "example-prod-reports-"
  description = "Tasks of the reports service"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "reports_https" {
  description       = "HTTPS to ECR and CloudWatch Logs"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  cidr_ipv4         = "0.0.0.0/0"
  security_group_id = aws_security_group.reports.id
}

# FileSystem files

resource "aws_efs_file_system" "files" {
  encrypted        = true
  performance_mode = "generalPurpose"
  throughput_mode  = "elastic"

  tags = {
    Name = "example-prod-files"
  }

  lifecycle {
    prevent_destroy = true
  }
}

data "aws_iam_policy_document" "files_policy" {
  statement {
    sid    = "DenyPlainNfs"
    effect = "Deny"

    actions = [
      "elasticfilesystem:ClientMount",
      "elasticfilesystem:ClientWrite",
      "elasticfilesystem:ClientRootAccess",
    ]

    resources = [aws_efs_file_system.files.arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  statement {
    sid    = "DenyWithoutAccessPoint"
    effect = "Deny"

    actions = [
      "elasticfilesystem:ClientMount",
      "elasticfilesystem:ClientWrite",
      "elasticfilesystem:ClientRootAccess",
    ]

    resources = [aws_efs_file_system.files.arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Null"
      variable = "elasticfilesystem:AccessPointArn"
      values   = ["true"]
    }
  }
}

resource "aws_efs_file_system_policy" "files" {
  policy         = data.aws_iam_policy_document.files_policy.json
  file_system_id = aws_efs_file_system.files.id
}

resource "aws_efs_backup_policy" "files" {
  file_system_id = aws_efs_file_system.files.id

  backup_policy {
    status = "ENABLED"
  }
}

resource "aws_security_group" "files" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "example-prod-files-"
  description = "NFS to example-prod-files"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "files_reports" {
  description                  = "reports to port 2049"
  from_port                    = 2049
  to_port                      = 2049
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.reports.id
  security_group_id            = aws_security_group.files.id
}

resource "aws_efs_mount_target" "files_euw1_az1" {
  file_system_id  = aws_efs_file_system.files.id
  security_groups = [aws_security_group.files.id]
  subnet_id       = "subnet-0a1b2c3d4e5f60001"

  depends_on = [aws_efs_file_system_policy.files]
}

resource "aws_efs_mount_target" "files_euw1_az2" {
  file_system_id  = aws_efs_file_system.files.id
  security_groups = [aws_security_group.files.id]
  subnet_id       = "subnet-0a1b2c3d4e5f60002"

  depends_on = [aws_efs_file_system_policy.files]
}

resource "aws_efs_mount_target" "files_euw1_az3" {
  file_system_id  = aws_efs_file_system.files.id
  security_groups = [aws_security_group.files.id]
  subnet_id       = "subnet-0a1b2c3d4e5f60003"

  depends_on = [aws_efs_file_system_policy.files]
}

resource "aws_vpc_security_group_egress_rule" "files_reports" {
  description                  = "reports to files"
  from_port                    = 2049
  to_port                      = 2049
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.files.id
  security_group_id            = aws_security_group.reports.id
}

resource "aws_cloudwatch_metric_alarm" "files_percent_io_limit" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The file system is close to its limit of operations per second, and requests are delayed. Distribute the files over several file systems, or send fewer and larger requests."
  alarm_name          = "example-prod-files-percent_io_limit"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    FileSystemId = aws_efs_file_system.files.id
  }

  evaluation_periods = 3
  metric_name        = "PercentIOLimit"
  namespace          = "AWS/EFS"
  period             = 300
  statistic          = "Average"
  threshold          = 95
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "files_storage_bytes" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The file system stores more than the threshold of this alarm. EFS has no storage quota: find the client that writes, or raise storage_bytes_threshold."
  alarm_name          = "example-prod-files-storage_bytes"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    FileSystemId = aws_efs_file_system.files.id
    StorageClass = "Total"
  }

  evaluation_periods = 1
  metric_name        = "StorageBytes"
  namespace          = "AWS/EFS"
  period             = 3600
  statistic          = "Average"
  threshold          = 536870912000
  treat_missing_data = "missing"
}

# AccessPoint files/data

resource "aws_efs_access_point" "files_data" {
  file_system_id = aws_efs_file_system.files.id

  tags = {
    Name = "example-prod-files-data"
  }

  posix_user {
    gid = 1000
    uid = 1000
  }

  root_directory {
    path = "/reports"

    creation_info {
      owner_gid   = 1000
      owner_uid   = 1000
      permissions = "750"
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

data "aws_iam_policy_document" "files_data_reports_task" {
  statement {
    sid       = "MountAccessPoint"
    actions   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    resources = [aws_efs_file_system.files.arn]

    condition {
      test     = "StringEquals"
      variable = "elasticfilesystem:AccessPointArn"
      values   = [aws_efs_access_point.files_data.arn]
    }

    condition {
      test     = "Bool"
      variable = "elasticfilesystem:AccessedViaMountTarget"
      values   = ["true"]
    }
  }
}

resource "aws_iam_role_policy" "files_data_reports_task" {
  name   = "efs-example-prod-files-data"
  role   = aws_iam_role.reports_task.name
  policy = data.aws_iam_policy_document.files_data_reports_task.json
}

# Directly in the stack

resource "aws_cloudwatch_log_group" "reports" {
  name              = "/example/prod/reports"
  retention_in_days = 365
}

data "aws_iam_policy_document" "reports_task_trust" {
  statement {
    sid     = "TrustTasksOfThisAccount"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["123456789012"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:ecs:eu-west-1:123456789012:*"]
    }
  }
}

resource "aws_iam_role" "reports_task" {
  name               = "example-prod-reports-task"
  assume_role_policy = data.aws_iam_policy_document.reports_task_trust.json
}

data "aws_iam_policy_document" "reports_execution_trust" {
  statement {
    sid     = "TrustTasksOfThisAccount"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["123456789012"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:ecs:eu-west-1:123456789012:*"]
    }
  }
}

resource "aws_iam_role" "reports_execution" {
  name               = "example-prod-reports-execution"
  assume_role_policy = data.aws_iam_policy_document.reports_execution_trust.json
}

data "aws_iam_policy_document" "reports_execution" {
  statement {
    sid       = "LogInToRegistry"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid       = "PullImage"
    actions   = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = ["arn:aws:ecr:eu-west-1:123456789012:repository/reports"]
  }

  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.reports.arn}:*"]
  }
}

resource "aws_iam_role_policy" "reports_execution" {
  name   = "start-reports"
  role   = aws_iam_role.reports_execution.name
  policy = data.aws_iam_policy_document.reports_execution.json
}

resource "aws_ecs_task_definition" "reports" {
  container_definitions = jsonencode([
    {
      name                   = "reports"
      image                  = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/reports:1.4.2"
      essential              = true
      user                   = "1000:1000"
      readonlyRootFilesystem = true
      mountPoints = [
        {
          sourceVolume  = "data"
          containerPath = "/data"
          readOnly      = false
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.reports.name
          "awslogs-region"        = "eu-west-1"
          "awslogs-stream-prefix" = "reports"
        }
      }
    },
  ])

  cpu                      = "256"
  execution_role_arn       = aws_iam_role.reports_execution.arn
  family                   = "example-prod-reports"
  memory                   = "512"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  task_role_arn            = aws_iam_role.reports_task.arn

  volume {
    name = "data"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.files.id
      transit_encryption = "ENABLED"

      authorization_config {
        access_point_id = aws_efs_access_point.files_data.id
        iam             = "ENABLED"
      }
    }
  }
}

resource "aws_ecs_cluster" "reports" {
  name = "example-prod-reports"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_service" "reports" {
  name                          = "reports"
  availability_zone_rebalancing = "ENABLED"
  cluster                       = aws_ecs_cluster.reports.arn
  desired_count                 = 2
  launch_type                   = "FARGATE"
  propagate_tags                = "SERVICE"
  task_definition               = aws_ecs_task_definition.reports.arn
  wait_for_steady_state         = true

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    security_groups = [aws_security_group.reports.id]
    subnets         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  }

  depends_on = [
    aws_efs_mount_target.files_euw1_az1,
    aws_efs_mount_target.files_euw1_az2,
    aws_efs_mount_target.files_euw1_az3,
    aws_vpc_security_group_egress_rule.files_reports,
    aws_iam_role_policy.files_data_reports_task,
    aws_iam_role_policy.reports_execution,
  ]
}
