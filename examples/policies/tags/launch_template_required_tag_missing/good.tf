provider "aws" {
  region = "eu-central-1"
}

# remedy
resource "aws_launch_template" "workers" {
  name = "workers"

  tag_specifications {
    resource_type = "instance"

    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }

  tag_specifications {
    resource_type = "volume"

    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}
# end remedy

# The group below propagates its tags to the instances.
resource "aws_launch_template" "batch" {
  name = "batch"

  tag_specifications {
    resource_type = "volume"

    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

resource "aws_autoscaling_group" "batch" {
  name_prefix         = "batch-"
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0123456789abcdef0"]

  launch_template {
    id = aws_launch_template.batch.id
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
