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
  region = "eu-west-1"
}

resource "aws_security_group" "tasks" {
  vpc_id = "vpc-0123456789abcdef0"
  name   = "tasks"
}

# VpcEndpoints private

data "aws_iam_policy_document" "private" {
  statement {
    sid       = "AllowPerimeter"
    actions   = ["*"]
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

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceOrgID"
      values   = ["o-a1b2c3d4e5"]
    }
  }

  statement {
    sid       = "AllowWithoutOwner"
    actions   = ["*"]
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

    condition {
      test     = "Null"
      variable = "aws:ResourceAccount"
      values   = ["true"]
    }
  }

  statement {
    sid       = "AllowAwsServices"
    actions   = ["*"]
    resources = ["*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:PrincipalIsAWSService"
      values   = ["true"]
    }
  }
}

data "aws_iam_policy_document" "private_s3" {
  source_policy_documents = [data.aws_iam_policy_document.private.json]

  statement {
    sid     = "AllowBucketsOfAws"
    actions = ["s3:GetObject"]

    resources = [
      "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*",
      "arn:aws:s3:::aws-ssm-eu-west-1/*",
      "arn:aws:s3:::aws-windows-downloads-eu-west-1/*",
      "arn:aws:s3:::amazon-ssm-eu-west-1/*",
      "arn:aws:s3:::amazon-ssm-packages-eu-west-1/*",
      "arn:aws:s3:::eu-west-1-birdwatcher-prod/*",
      "arn:aws:s3:::aws-ssm-distributor-file-eu-west-1/*",
      "arn:aws:s3:::aws-ssm-document-attachments-eu-west-1/*",
      "arn:aws:s3:::aws-patch-manager-eu-west-1-5522fb710/*",
      "arn:aws:s3:::aws-patchmanager-macos-eu-west-1-5522fb710/*",
      "arn:aws:s3:::patch-baseline-snapshot-eu-west-1/*",
      "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*",
      "arn:aws:s3:::al2023-eu-west-1/*",
      "arn:aws:s3:::amazonlinux-2-repos-eu-west-1/*",
      "arn:aws:s3:::amazonlinux.eu-west-1.amazonaws.com/*",
      "arn:aws:s3:::packages.eu-west-1.amazonaws.com/*",
      "arn:aws:s3:::repo.eu-west-1.amazonaws.com/*",
    ]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

resource "aws_vpc_endpoint" "private_s3" {
  vpc_id            = "vpc-0123456789abcdef0"
  policy            = data.aws_iam_policy_document.private_s3.json
  route_table_ids   = ["rtb-0a1b2c3d4e5f60001"]
  service_name      = "com.amazonaws.eu-west-1.s3"
  vpc_endpoint_type = "Gateway"

  tags = {
    Name = "private-s3"
  }
}

data "aws_iam_policy_document" "private_dynamodb" {
  source_policy_documents = [data.aws_iam_policy_document.private.json]

  statement {
    sid       = "AllowEndpointDiscovery"
    actions   = ["dynamodb:DescribeEndpoints"]
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

resource "aws_vpc_endpoint" "private_dynamodb" {
  vpc_id            = "vpc-0123456789abcdef0"
  policy            = data.aws_iam_policy_document.private_dynamodb.json
  route_table_ids   = ["rtb-0a1b2c3d4e5f60001"]
  service_name      = "com.amazonaws.eu-west-1.dynamodb"
  vpc_endpoint_type = "Gateway"

  tags = {
    Name = "private-dynamodb"
  }
}

resource "aws_security_group" "private" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "private-vpc-endpoints-"
  description = "Interface VPC endpoints"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "private_tasks" {
  description                  = "tasks to port 443"
  from_port                    = 443
  to_port                      = 443
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.tasks.id
  security_group_id            = aws_security_group.private.id
}

resource "aws_vpc_security_group_ingress_rule" "private_10_0_0_0_16" {
  description       = "10_0_0_0_16 to port 443"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  cidr_ipv4         = "10.0.0.0/16"
  security_group_id = aws_security_group.private.id
}

resource "aws_vpc_endpoint" "private_kms" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.kms"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-kms"
  }
}

resource "aws_vpc_endpoint" "private_cassandra" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private_port_9142.id]
  service_name        = "com.amazonaws.eu-west-1.cassandra"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-cassandra"
  }
}

resource "aws_vpc_security_group_egress_rule" "private_tasks" {
  description                  = "tasks to private"
  from_port                    = 443
  to_port                      = 443
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.private.id
  security_group_id            = aws_security_group.tasks.id
}

resource "aws_vpc_security_group_egress_rule" "private_tasks_9142" {
  description                  = "tasks to private 9142"
  from_port                    = 9142
  to_port                      = 9142
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.private_port_9142.id
  security_group_id            = aws_security_group.tasks.id
}

resource "aws_vpc_security_group_egress_rule" "private_tasks_s3" {
  description       = "tasks to private s3"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  prefix_list_id    = aws_vpc_endpoint.private_s3.prefix_list_id
  security_group_id = aws_security_group.tasks.id
}

resource "aws_vpc_security_group_egress_rule" "private_tasks_dynamodb" {
  description       = "tasks to private dynamodb"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  prefix_list_id    = aws_vpc_endpoint.private_dynamodb.prefix_list_id
  security_group_id = aws_security_group.tasks.id
}

# Construct private/port_9142

resource "aws_security_group" "private_port_9142" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "private-vpc-endpoints-"
  description = "Interface VPC endpoints"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "private_port_9142_tasks" {
  description                  = "tasks to port 9142"
  from_port                    = 9142
  to_port                      = 9142
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.tasks.id
  security_group_id            = aws_security_group.private_port_9142.id
}

resource "aws_vpc_security_group_ingress_rule" "private_port_9142_10_0_0_0_16" {
  description       = "10_0_0_0_16 to port 9142"
  from_port         = 9142
  to_port           = 9142
  ip_protocol       = "tcp"
  cidr_ipv4         = "10.0.0.0/16"
  security_group_id = aws_security_group.private_port_9142.id
}
