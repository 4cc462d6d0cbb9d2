terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }

  backend "s3" {
    bucket              = "plainwork-prod-state-123456789012-eu-west-1"
    key                 = "prod/network.tfstate"
    region              = "eu-west-1"
    allowed_account_ids = ["123456789012"]
    encrypt             = true
    kms_key_id          = "arn:aws:kms:eu-west-1:123456789012:alias/plainwork-prod-state-123456789012-eu-west-1"
    use_lockfile        = true
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
      variable = "aws:PrincipalAccount"
      values   = ["123456789012"]
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

resource "aws_vpc_security_group_ingress_rule" "private_vpc" {
  description       = "vpc to port 443"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  cidr_ipv4         = "10.0.0.0/16"
  security_group_id = aws_security_group.private.id
}

resource "aws_vpc_endpoint" "private_ecr_api" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.ecr.api"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-ecr.api"
  }
}

resource "aws_vpc_endpoint" "private_ecr_dkr" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.ecr.dkr"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-ecr.dkr"
  }
}

resource "aws_vpc_endpoint" "private_logs" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.logs"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-logs"
  }
}

output "endpoints_security_group_id" {
  value = aws_security_group.private.id
}

output "s3_prefix_list_id" {
  value = aws_vpc_endpoint.private_s3.prefix_list_id
}
