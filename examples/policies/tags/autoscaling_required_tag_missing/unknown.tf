provider "aws" {
  region = "eu-central-1"
}

variable "tags" {
  type = map(string)
}

resource "aws_autoscaling_group" "workers" {
  name_prefix         = "workers-"
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0123456789abcdef0"]

  launch_template {
    id = "lt-0123456789abcdef0"
  }

  dynamic "tag" {
    for_each = var.tags

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}

# The launch template is not in the stack.
resource "aws_autoscaling_group" "batch" {
  name_prefix         = "batch-"
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0123456789abcdef0"]

  launch_template {
    id = "lt-0123456789abcdef0"
  }

  tag {
    key                 = "Environment"
    value               = "prod"
    propagate_at_launch = true
  }

  tag {
    key                 = "Owner"
    value               = "platform"
    propagate_at_launch = false
  }
}
