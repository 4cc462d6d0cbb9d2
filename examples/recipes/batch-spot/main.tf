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

data "aws_iam_policy_document" "batch_host" {
  statement {
    sid     = "Trust"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "batch_host" {
  name               = "batch-host"
  assume_role_policy = data.aws_iam_policy_document.batch_host.json
}

resource "aws_iam_role_policy_attachment" "host" {
  role       = aws_iam_role.batch_host.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"
}

resource "aws_iam_instance_profile" "host" {
  name = "batch-host"
  role = aws_iam_role.batch_host.name
}

resource "aws_launch_template" "host" {
  name = "batch-host"

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted   = true
      volume_type = "gp3"
    }
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

resource "aws_batch_compute_environment" "spot" {
  type = "MANAGED"

  compute_resources {
    type                = "SPOT"
    allocation_strategy = "SPOT_PRICE_CAPACITY_OPTIMIZED"
    instance_role       = aws_iam_instance_profile.host.arn
    instance_type       = ["c6i", "c7i", "m6i", "m7i", "r6i"]
    max_vcpus           = 256
    min_vcpus           = 0
    security_group_ids  = ["sg-0123456789abcdef0"]
    subnets             = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]

    launch_template {
      launch_template_id = aws_launch_template.host.id
      version            = aws_launch_template.host.latest_version
    }
  }

  update_policy {
    job_execution_timeout_minutes = 60
    terminate_jobs_on_update      = false
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_batch_job_queue" "spot" {
  name     = "spot"
  priority = 1
  state    = "ENABLED"

  compute_environment_order {
    compute_environment = aws_batch_compute_environment.spot.arn
    order               = 1
  }

  job_state_time_limit_action {
    action           = "CANCEL"
    max_time_seconds = 3600
    reason           = "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY"
    state            = "RUNNABLE"
  }

  job_state_time_limit_action {
    action           = "CANCEL"
    max_time_seconds = 600
    reason           = "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT"
    state            = "RUNNABLE"
  }
}

resource "aws_batch_compute_environment" "on_demand" {
  type = "MANAGED"

  compute_resources {
    type                = "EC2"
    allocation_strategy = "BEST_FIT_PROGRESSIVE"
    instance_role       = aws_iam_instance_profile.host.arn
    instance_type       = ["c6i", "c7i", "m6i", "m7i", "r6i"]
    max_vcpus           = 64
    min_vcpus           = 0
    security_group_ids  = ["sg-0123456789abcdef0"]
    subnets             = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]

    launch_template {
      launch_template_id = aws_launch_template.host.id
      version            = aws_launch_template.host.latest_version
    }
  }

  update_policy {
    job_execution_timeout_minutes = 60
    terminate_jobs_on_update      = false
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_batch_job_queue" "on_demand" {
  name     = "on-demand"
  priority = 1
  state    = "ENABLED"

  compute_environment_order {
    compute_environment = aws_batch_compute_environment.on_demand.arn
    order               = 1
  }

  job_state_time_limit_action {
    action           = "CANCEL"
    max_time_seconds = 3600
    reason           = "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY"
    state            = "RUNNABLE"
  }

  job_state_time_limit_action {
    action           = "CANCEL"
    max_time_seconds = 600
    reason           = "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT"
    state            = "RUNNABLE"
  }
}

data "aws_iam_policy_document" "render_job" {
  statement {
    sid     = "Trust"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "render_job" {
  name               = "render-job"
  assume_role_policy = data.aws_iam_policy_document.render_job.json
}

resource "aws_cloudwatch_log_group" "render" {
  name              = "/batch/render"
  retention_in_days = 30
}

resource "aws_batch_job_definition" "render" {
  name = "render"
  type = "container"

  container_properties = jsonencode({
    image      = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/render:1.4.2"
    command    = ["render", "Ref::scene"]
    jobRoleArn = aws_iam_role.render_job.arn
    resourceRequirements = [
      {
        type  = "VCPU"
        value = "4"
      },
      {
        type  = "MEMORY"
        value = "7168"
      },
    ]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group" = aws_cloudwatch_log_group.render.name
      }
    }
  })

  propagate_tags = true

  retry_strategy {
    attempts = 5

    evaluate_on_exit {
      action           = "RETRY"
      on_status_reason = "Host EC2*"
    }

    evaluate_on_exit {
      action    = "EXIT"
      on_reason = "*"
    }
  }

  timeout {
    attempt_duration_seconds = 3600
  }
}
