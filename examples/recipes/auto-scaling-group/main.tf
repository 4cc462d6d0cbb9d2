terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "Trust"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "server" {
  name               = "licensing"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy_attachment" "server" {
  role       = aws_iam_role.server.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "server" {
  name = "licensing"
  role = aws_iam_role.server.name
}

resource "aws_launch_template" "server" {
  name                   = "licensing"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m7i.large"
  vpc_security_group_ids = ["sg-0123456789abcdef0"]

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted   = true
      volume_size = 20
    }
  }

  iam_instance_profile {
    arn = aws_iam_instance_profile.server.arn
  }

  metadata_options {
    http_put_response_hop_limit = 1
    http_tokens                 = "required"
  }

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

resource "aws_lb_target_group" "server" {
  vpc_id               = "vpc-0123456789abcdef0"
  name                 = "licensing"
  port                 = 8443
  protocol             = "HTTPS"
  deregistration_delay = 60

  health_check {
    protocol = "HTTPS"
    interval = 15
    path     = "/health"
  }
}

resource "aws_autoscaling_group" "server" {
  name                      = "licensing"
  default_instance_warmup   = 180
  enabled_metrics           = ["GroupDesiredCapacity", "GroupInServiceInstances"]
  health_check_grace_period = 180
  health_check_type         = "ELB"
  max_size                  = 6
  min_size                  = 2
  target_group_arns         = [aws_lb_target_group.server.arn]

  vpc_zone_identifier = [
    "subnet-0a1b2c3d4e5f60001",
    "subnet-0a1b2c3d4e5f60002",
    "subnet-0a1b2c3d4e5f60003",
  ]

  instance_maintenance_policy {
    max_healthy_percentage = 150
    min_healthy_percentage = 100
  }

  launch_template {
    id      = aws_launch_template.server.id
    version = aws_launch_template.server.latest_version
  }

  tag {
    key                 = "Environment"
    propagate_at_launch = true
    value               = "prod"
  }

  tag {
    key                 = "Owner"
    propagate_at_launch = true
    value               = "platform"
  }

  lifecycle {
    ignore_changes = [desired_capacity, launch_template[0].version]
  }
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.server.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

output "refresh" {
  description = "Input of aws autoscaling start-instance-refresh"

  value = jsonencode({
    AutoScalingGroupName = aws_autoscaling_group.server.name
    DesiredConfiguration = {
      LaunchTemplate = {
        LaunchTemplateId = aws_launch_template.server.id
        Version          = tostring(aws_launch_template.server.latest_version)
      }
    }
    Preferences = {
      AutoRollback = true
      AlarmSpecification = {
        Alarms = ["licensing-5xx", "licensing-latency"]
      }
      SkipMatching = true
    }
  })
}
