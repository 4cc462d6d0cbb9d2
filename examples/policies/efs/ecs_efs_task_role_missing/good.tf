provider "aws" {
  region = "eu-central-1"
}

data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "reports" {
  name               = "reports"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_ecs_task_definition" "reports" {
  family        = "reports"
  task_role_arn = aws_iam_role.reports.arn

  container_definitions = jsonencode([
    {
      name        = "reports"
      image       = "reports:1"
      memory      = 512
      mountPoints = [{ sourceVolume = "reports", containerPath = "/data" }]
    },
  ])

  volume {
    name = "reports"

    efs_volume_configuration {
      file_system_id     = "fs-0123456789abcdef0"
      transit_encryption = "ENABLED"

      authorization_config {
        access_point_id = "fsap-0123456789abcdef0"
        iam             = "ENABLED"
      }
    }
  }
}
