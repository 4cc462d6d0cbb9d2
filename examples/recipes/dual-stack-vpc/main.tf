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

resource "aws_vpc" "main" {
  assign_generated_ipv6_cidr_block = true
  cidr_block                       = "10.1.0.0/16"
  enable_dns_hostnames             = true

  tags = {
    Name = "dual-stack"
  }
}

resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id

  tags = {
    Name = "dual-stack"
  }
}

resource "aws_egress_only_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id

  tags = {
    Name = "dual-stack"
  }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  tags = {
    Name = "dual-stack-public"
  }
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id

  tags = {
    Name = "dual-stack-private"
  }
}

resource "aws_route" "public_ipv4" {
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main.id
  route_table_id         = aws_route_table.public.id
}

resource "aws_route" "public_ipv6" {
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.main.id
  route_table_id              = aws_route_table.public.id
}

resource "aws_route" "private_ipv6" {
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.main.id
  route_table_id              = aws_route_table.private.id
}

resource "aws_subnet" "public_az1" {
  vpc_id                          = aws_vpc.main.id
  assign_ipv6_address_on_creation = true
  availability_zone_id            = "euw1-az1"
  cidr_block                      = "10.1.0.0/22"
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 0)

  tags = {
    Name = "dual-stack-public-euw1-az1"
  }
}

resource "aws_route_table_association" "public_az1" {
  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public_az1.id
}

resource "aws_subnet" "public_az2" {
  vpc_id                          = aws_vpc.main.id
  assign_ipv6_address_on_creation = true
  availability_zone_id            = "euw1-az2"
  cidr_block                      = "10.1.4.0/22"
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)

  tags = {
    Name = "dual-stack-public-euw1-az2"
  }
}

resource "aws_route_table_association" "public_az2" {
  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public_az2.id
}

resource "aws_subnet" "public_az3" {
  vpc_id                          = aws_vpc.main.id
  assign_ipv6_address_on_creation = true
  availability_zone_id            = "euw1-az3"
  cidr_block                      = "10.1.8.0/22"
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 2)

  tags = {
    Name = "dual-stack-public-euw1-az3"
  }
}

resource "aws_route_table_association" "public_az3" {
  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public_az3.id
}

resource "aws_subnet" "private_az1" {
  vpc_id                          = aws_vpc.main.id
  assign_ipv6_address_on_creation = true
  availability_zone_id            = "euw1-az1"
  cidr_block                      = "10.1.64.0/22"
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 16)

  tags = {
    Name = "dual-stack-private-euw1-az1"
  }
}

resource "aws_route_table_association" "private_az1" {
  route_table_id = aws_route_table.private.id
  subnet_id      = aws_subnet.private_az1.id
}

resource "aws_subnet" "private_az2" {
  vpc_id                          = aws_vpc.main.id
  assign_ipv6_address_on_creation = true
  availability_zone_id            = "euw1-az2"
  cidr_block                      = "10.1.68.0/22"
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 17)

  tags = {
    Name = "dual-stack-private-euw1-az2"
  }
}

resource "aws_route_table_association" "private_az2" {
  route_table_id = aws_route_table.private.id
  subnet_id      = aws_subnet.private_az2.id
}

resource "aws_subnet" "private_az3" {
  vpc_id                          = aws_vpc.main.id
  assign_ipv6_address_on_creation = true
  availability_zone_id            = "euw1-az3"
  cidr_block                      = "10.1.72.0/22"
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 18)

  tags = {
    Name = "dual-stack-private-euw1-az3"
  }
}

resource "aws_route_table_association" "private_az3" {
  route_table_id = aws_route_table.private.id
  subnet_id      = aws_subnet.private_az3.id
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
      variable = "aws:PrincipalAccount"
      values   = ["123456789012"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceAccount"
      values   = ["123456789012"]
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
      variable = "aws:PrincipalAccount"
      values   = ["123456789012"]
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
  vpc_id            = aws_vpc.main.id
  policy            = data.aws_iam_policy_document.private_s3.json
  route_table_ids   = [aws_route_table.private.id]
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
      variable = "aws:PrincipalAccount"
      values   = ["123456789012"]
    }
  }
}

resource "aws_vpc_endpoint" "private_dynamodb" {
  vpc_id            = aws_vpc.main.id
  policy            = data.aws_iam_policy_document.private_dynamodb.json
  route_table_ids   = [aws_route_table.private.id]
  service_name      = "com.amazonaws.eu-west-1.dynamodb"
  vpc_endpoint_type = "Gateway"

  tags = {
    Name = "private-dynamodb"
  }
}

# Directly in the stack

resource "aws_security_group" "public" {
  vpc_id      = aws_vpc.main.id
  name        = "public"
  description = "Load balancer"
}

resource "aws_security_group" "private" {
  vpc_id      = aws_vpc.main.id
  name        = "private"
  description = "Service"
}

resource "aws_vpc_security_group_ingress_rule" "ipv4" {
  description       = "HTTPS by ipv4"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  cidr_ipv4         = "0.0.0.0/0"
  security_group_id = aws_security_group.public.id
}

resource "aws_vpc_security_group_ingress_rule" "ipv6" {
  description       = "HTTPS by ipv6"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  cidr_ipv6         = "::/0"
  security_group_id = aws_security_group.public.id
}

resource "aws_vpc_security_group_egress_rule" "ipv6" {
  description       = "HTTPS by ipv6"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  cidr_ipv6         = "::/0"
  security_group_id = aws_security_group.private.id
}
