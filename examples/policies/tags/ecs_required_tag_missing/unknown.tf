provider "aws" {
  region = "eu-central-1"
}

# The task definition is not in the stack.
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  task_definition = "made-elsewhere"
  propagate_tags  = "SERVICE"

  tags = {
    Environment = "prod"
    Owner       = "platform"
  }

  volume_configuration {
    name = "uploads"

    managed_ebs_volume {
      role_arn   = "arn:aws:iam::123456789012:role/ecs-volumes"
      size_in_gb = 20

      tag_specifications {
        resource_type  = "volume"
        propagate_tags = "TASK_DEFINITION"
      }
    }
  }
}
