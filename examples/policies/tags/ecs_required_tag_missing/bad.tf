provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

# The service and its tasks have the default tags; the volumes of the tasks do not.
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  task_definition = "web"
  propagate_tags  = "SERVICE"

  volume_configuration {
    name = "uploads"

    managed_ebs_volume {
      role_arn   = "arn:aws:iam::123456789012:role/ecs-volumes"
      size_in_gb = 20
    }
  }
}

# The volumes have only their own tags.
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
        resource_type = "volume"

        tags = {
          Owner = "platform"
        }
      }
    }
  }
}
