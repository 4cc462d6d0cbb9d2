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

resource "aws_vpclattice_service_network" "shop" {
  name      = "shop"
  auth_type = "AWS_IAM"
}

data "aws_iam_policy_document" "shop" {
  statement {
    sid       = "AllowOrganization"
    actions   = ["vpc-lattice-svcs:Invoke"]
    resources = ["*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-a1b2c3d4e5"]
    }
  }
}

resource "aws_vpclattice_auth_policy" "shop" {
  policy              = data.aws_iam_policy_document.shop.json
  resource_identifier = aws_vpclattice_service_network.shop.arn
}

resource "aws_vpclattice_service" "orders" {
  name      = "orders"
  auth_type = "AWS_IAM"
}

data "aws_iam_policy_document" "orders" {
  statement {
    sid       = "AllowWeb"
    actions   = ["vpc-lattice-svcs:Invoke"]
    resources = ["${aws_vpclattice_service.orders.arn}/orders/*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:role/web"]
    }

    condition {
      test     = "StringEquals"
      variable = "vpc-lattice-svcs:RequestMethod"
      values   = ["GET", "POST"]
    }

    condition {
      test     = "StringEquals"
      variable = "vpc-lattice-svcs:SourceVpc"
      values   = ["vpc-0123456789abcdef0"]
    }
  }
}

resource "aws_vpclattice_auth_policy" "orders" {
  policy              = data.aws_iam_policy_document.orders.json
  resource_identifier = aws_vpclattice_service.orders.arn
}

resource "aws_vpclattice_target_group" "orders" {
  name = "orders"
  type = "IP"

  config {
    port           = 8080
    protocol       = "HTTP"
    vpc_identifier = "vpc-0123456789abcdef0"

    health_check {
      path = "/healthz"

      matcher {
        value = "200"
      }
    }
  }
}

resource "aws_vpclattice_listener" "https" {
  name               = "https"
  port               = 443
  protocol           = "HTTPS"
  service_identifier = aws_vpclattice_service.orders.id

  default_action {
    forward {
      target_groups {
        target_group_identifier = aws_vpclattice_target_group.orders.id
        weight                  = 100
      }
    }
  }
}

resource "aws_vpclattice_service_network_service_association" "orders" {
  service_identifier         = aws_vpclattice_service.orders.id
  service_network_identifier = aws_vpclattice_service_network.shop.id
}

data "aws_ec2_managed_prefix_list" "lattice" {
  name = "com.amazonaws.eu-west-1.vpc-lattice"
}

resource "aws_security_group" "network" {
  vpc_id      = "vpc-0123456789abcdef0"
  name        = "lattice"
  description = "Service network"
}

resource "aws_security_group" "tasks" {
  vpc_id      = "vpc-0123456789abcdef0"
  name        = "orders-tasks"
  description = "Tasks of orders"
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  description                  = "clients to the service network"
  from_port                    = 443
  to_port                      = 443
  ip_protocol                  = "tcp"
  referenced_security_group_id = "sg-0123456789abcdef0"
  security_group_id            = aws_security_group.network.id
}

resource "aws_vpc_security_group_egress_rule" "clients" {
  description       = "clients to VPC Lattice"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  prefix_list_id    = data.aws_ec2_managed_prefix_list.lattice.id
  security_group_id = "sg-0123456789abcdef0"
}

resource "aws_vpc_security_group_ingress_rule" "tasks" {
  description       = "VPC Lattice to the tasks"
  from_port         = 8080
  to_port           = 8080
  ip_protocol       = "tcp"
  prefix_list_id    = data.aws_ec2_managed_prefix_list.lattice.id
  security_group_id = aws_security_group.tasks.id
}

resource "aws_vpclattice_service_network_vpc_association" "main" {
  security_group_ids         = [aws_security_group.network.id]
  service_network_identifier = aws_vpclattice_service_network.shop.id
  vpc_identifier             = "vpc-0123456789abcdef0"
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/vendedlogs/vpc-lattice/shop"
  retention_in_days = 365
}

resource "aws_vpclattice_access_log_subscription" "shop" {
  destination_arn     = aws_cloudwatch_log_group.access.arn
  resource_identifier = aws_vpclattice_service_network.shop.id
}
