provider "aws" {
  region = "eu-central-1"
}

resource "aws_ecs_task_definition" "reports" {
  family        = "reports"
  task_role_arn = "arn:aws:iam::123456789012:role/reports"

  container_definitions = jsonencode([
    {
      name        = "reports"
      image       = "reports:1"
      memory      = 512
      mountPoints = [{ sourceVolume = "reports", containerPath = "/data" }]
    },
  ])

  # remedy
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
  # end remedy
}
