# Default tags do not apply to an Auto Scaling group.
provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

resource "aws_launch_template" "workers" {
  name = "workers"
}

resource "aws_autoscaling_group" "untagged" {
  name_prefix         = "untagged-"
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0123456789abcdef0"]

  launch_template {
    id = aws_launch_template.workers.id
  }
}

# The group has the tags, but its instances do not.
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
    propagate_at_launch = false
  }
}
