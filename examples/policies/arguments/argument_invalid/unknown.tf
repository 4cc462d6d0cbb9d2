provider "aws" {
  region = "eu-central-1"
}

resource "terraform_data" "capacity" {
  input = 4
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/web/web"
  min_capacity       = terraform_data.capacity.output
  max_capacity       = 2
}
