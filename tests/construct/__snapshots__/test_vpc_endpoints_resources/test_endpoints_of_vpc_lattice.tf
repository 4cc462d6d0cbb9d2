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

resource "aws_vpc_endpoint" "private_orders" {
  vpc_id                     = "vpc-0123456789abcdef0"
  private_dns_enabled        = true
  resource_configuration_arn = "arn:aws:vpc-lattice:eu-west-1:123456789012:resourceconfiguration/rcfg-0123456789abcdef0"
  security_group_ids         = [aws_security_group.private_port_5432.id]
  subnet_ids                 = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type          = "Resource"

  tags = {
    Name = "private-orders"
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

resource "aws_vpc_security_group_ingress_rule" "private_web" {
  description                  = "web to port 443"
  from_port                    = 443
  to_port                      = 443
  ip_protocol                  = "tcp"
  referenced_security_group_id = "sg-0123456789abcdef0"
  security_group_id            = aws_security_group.private.id
}

resource "aws_vpc_endpoint" "private_shop" {
  vpc_id              = "vpc-0123456789abcdef0"
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_network_arn = aws_vpclattice_service_network.shop.arn
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "ServiceNetwork"

  tags = {
    Name = "private-shop"
  }
}

# Directly in the stack

resource "aws_vpclattice_service_network" "shop" {
  name = "shop"
}

# Construct private/port_5432

resource "aws_security_group" "private_port_5432" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "private-vpc-endpoints-"
  description = "Interface VPC endpoints"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "private_port_5432_web" {
  description                  = "web to port 5432"
  from_port                    = 5432
  to_port                      = 5432
  ip_protocol                  = "tcp"
  referenced_security_group_id = "sg-0123456789abcdef0"
  security_group_id            = aws_security_group.private_port_5432.id
}
