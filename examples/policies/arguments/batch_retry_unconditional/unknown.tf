provider "aws" {
  region = "eu-central-1"
}

variable "action" {
  type = string
}

resource "aws_batch_job_definition" "render" {
  name = "render"
  type = "container"

  container_properties = jsonencode({
    image = "public.ecr.aws/docker/library/busybox:1.37"
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "512" },
    ]
  })

  retry_strategy {
    attempts = 5

    evaluate_on_exit {
      action           = var.action
      on_status_reason = "Host EC2*"
    }
  }
}
