provider "aws" {
  region = "eu-central-1"
}

variable "tags" {
  type = map(string)
}

resource "aws_launch_template" "workers" {
  name = "workers"

  tag_specifications {
    resource_type = "instance"
    tags          = var.tags
  }

  tag_specifications {
    resource_type = "volume"
    tags          = var.tags
  }
}
