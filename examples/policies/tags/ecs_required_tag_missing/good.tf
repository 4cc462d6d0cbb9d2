provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "example.com/web:1", memory = 256 }])
}

# remedy
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  task_definition = aws_ecs_task_definition.web.arn
  propagate_tags  = "TASK_DEFINITION"

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
# end remedy

resource "aws_ecs_service" "search" {
  name            = "search"
  cluster         = "main"
  task_definition = "search"
  propagate_tags  = "SERVICE"

  volume_configuration {
    name = "index"

    managed_ebs_volume {
      role_arn   = "arn:aws:iam::123456789012:role/ecs-volumes"
      size_in_gb = 20

      tag_specifications {
        resource_type  = "volume"
        propagate_tags = "SERVICE"
      }
    }
  }
}
