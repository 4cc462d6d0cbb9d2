provider "aws" {
  region = "eu-central-1"
}

# Whose tags these are, this stack does not say.
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  task_definition = "made-elsewhere"
  propagate_tags  = "TASK_DEFINITION"

  tags = {
    Environment = "prod"
    Owner       = "platform"
  }
}
