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

resource "aws_placement_group" "solver" {
  name     = "solver"
  strategy = "cluster"
}

resource "aws_launch_template" "solver" {
  name                   = "solver"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "c6in.8xlarge"
  vpc_security_group_ids = ["sg-0123456789abcdef0"]

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted   = true
      volume_size = 20
    }
  }

  metadata_options {
    http_put_response_hop_limit = 1
    http_tokens                 = "required"
  }

  placement {
    group_name = aws_placement_group.solver.name
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

resource "aws_autoscaling_group" "solver" {
  name                = "solver"
  health_check_type   = "EC2"
  max_size            = 4
  min_size            = 4
  vpc_zone_identifier = ["subnet-0a1b2c3d4e5f60001"]

  launch_template {
    id      = aws_launch_template.solver.id
    version = aws_launch_template.solver.latest_version
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
}

resource "aws_placement_group" "quorum" {
  name         = "quorum"
  spread_level = "rack"
  strategy     = "spread"
}

resource "aws_launch_template" "quorum" {
  name                   = "quorum"
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

  metadata_options {
    http_put_response_hop_limit = 1
    http_tokens                 = "required"
  }

  placement {
    group_name = aws_placement_group.quorum.name
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

resource "aws_autoscaling_group" "quorum" {
  name              = "quorum"
  health_check_type = "EC2"
  max_size          = 5
  min_size          = 5

  vpc_zone_identifier = [
    "subnet-0a1b2c3d4e5f60001",
    "subnet-0a1b2c3d4e5f60002",
    "subnet-0a1b2c3d4e5f60003",
  ]

  launch_template {
    id      = aws_launch_template.quorum.id
    version = aws_launch_template.quorum.latest_version
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
}

resource "aws_placement_group" "brokers" {
  name            = "brokers"
  partition_count = 3
  strategy        = "partition"
}

resource "aws_launch_template" "brokers" {
  name                   = "brokers"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "i4i.large"
  vpc_security_group_ids = ["sg-0123456789abcdef0"]

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted   = true
      volume_size = 20
    }
  }

  metadata_options {
    http_put_response_hop_limit = 1
    http_tokens                 = "required"
  }

  placement {
    group_name = aws_placement_group.brokers.name
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

resource "aws_autoscaling_group" "brokers" {
  name                = "brokers"
  health_check_type   = "EC2"
  max_size            = 9
  min_size            = 9
  vpc_zone_identifier = ["subnet-0a1b2c3d4e5f60001"]

  launch_template {
    id      = aws_launch_template.brokers.id
    version = aws_launch_template.brokers.latest_version
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
}
