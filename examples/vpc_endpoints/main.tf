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

resource "aws_vpc_security_group_ingress_rule" "private_clients" {
  description                  = "clients to port 443"
  from_port                    = 443
  to_port                      = 443
  ip_protocol                  = "tcp"
  referenced_security_group_id = "sg-0123456789abcdef0"
  security_group_id            = aws_security_group.private.id
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

data "aws_iam_policy_document" "private_ssm" {
  source_policy_documents = [data.aws_iam_policy_document.private.json]

  statement {
    sid = "AllowDocumentsOfAws"

    actions = [
      "ssm:CreateAssociation",
      "ssm:Describe*",
      "ssm:Get*",
      "ssm:List*",
      "ssm:SendCommand",
      "ssm:StartAutomationExecution",
      "ssm:StartChangeRequestExecution",
      "ssm:StartSession",
    ]

    resources = [
      "arn:aws:ssm:*::automation-definition/*",
      "arn:aws:ssm:eu-west-1::document/*",
      "arn:aws:ssm:eu-west-1::parameter/aws/*",
    ]

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

resource "aws_vpc_endpoint" "private_ssm" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private_ssm.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.ssm"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-ssm"
  }
}

resource "aws_vpc_endpoint" "private_ssmmessages" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.ssmmessages"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-ssmmessages"
  }
}

resource "aws_vpc_endpoint" "private_secretsmanager" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.secretsmanager"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-secretsmanager"
  }
}

resource "aws_vpc_endpoint" "private_s3_interface" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private_s3.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.s3"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-s3-interface"
  }

  dns_options {
    private_dns_only_for_inbound_resolver_endpoint = true
  }

  depends_on = [aws_vpc_endpoint.private_s3]
}
