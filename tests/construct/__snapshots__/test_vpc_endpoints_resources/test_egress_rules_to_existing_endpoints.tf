terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

# ExistingVpcEndpoints private

data "aws_prefix_list" "private_s3" {
  name = "com.amazonaws.eu-west-1.s3"
}

resource "aws_vpc_security_group_egress_rule" "private_tasks" {
  description                  = "tasks to private"
  from_port                    = 443
  to_port                      = 443
  ip_protocol                  = "tcp"
  referenced_security_group_id = "sg-0a1b2c3d4e5f60009"
  security_group_id            = aws_security_group.tasks.id
}

resource "aws_vpc_security_group_egress_rule" "private_tasks_s3" {
  description       = "tasks to private s3"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  prefix_list_id    = data.aws_prefix_list.private_s3.id
  security_group_id = aws_security_group.tasks.id
}

# Directly in the stack

resource "aws_security_group" "tasks" {
  vpc_id = "vpc-0123456789abcdef0"
  name   = "tasks"
}
