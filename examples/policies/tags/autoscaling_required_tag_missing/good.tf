provider "aws" {
  region = "eu-central-1"
}

resource "aws_launch_template" "workers" {
  name = "workers"

  tag_specifications {
    resource_type = "instance"

    tags = {
      Owner = "platform"
    }
  }
}

# remedy
resource "aws_autoscaling_group" "workers" {
  name_prefix         = "workers-"
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0123456789abcdef0"]

  launch_template {
    id = aws_launch_template.workers.id
  }

  tag {
    key                 = "Environment"
    value               = "prod"
    propagate_at_launch = true
  }

  tag {
    key                 = "Owner"
    value               = "platform"
    propagate_at_launch = true
  }
}
# end remedy

# The launch template sets `Owner` on the instances.
resource "aws_autoscaling_group" "batch" {
  name_prefix         = "batch-"
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0123456789abcdef0"]

  launch_template {
    id = aws_launch_template.workers.id
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
