provider "aws" {
  region = "eu-central-1"
}

resource "aws_ecs_service" "web" {
  name    = "web service"
  cluster = "web"
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:desiredCount"
  resource_id        = "service/web/web"
  min_capacity       = 4
  max_capacity       = 2
}

resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "4096"
  container_definitions    = jsonencode([{ name = "web", image = "web:1" }])
}
