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

  statement {
    sid       = "AllowTrustedAccounts"
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
      variable = "aws:ResourceAccount"
      values   = ["602401143452"]
    }
  }
}

data "aws_iam_policy_document" "private_s3" {
  source_policy_documents = [data.aws_iam_policy_document.private.json]

  statement {
    sid       = "AllowBucketsOfAws"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }

  statement {
    sid       = "AllowMirror"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::mirror.example/*"]

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

resource "aws_vpc_endpoint" "private_s3express" {
  vpc_id            = "vpc-0123456789abcdef0"
  policy            = data.aws_iam_policy_document.private.json
  route_table_ids   = ["rtb-0a1b2c3d4e5f60001"]
  service_name      = "com.amazonaws.eu-west-1.s3express"
  vpc_endpoint_type = "Gateway"

  tags = {
    Name = "private-s3express"
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

resource "aws_vpc_security_group_ingress_rule" "private_office" {
  description       = "office to port 443"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  prefix_list_id    = "pl-0123456789abcdef0"
  security_group_id = aws_security_group.private.id
}

data "aws_iam_policy_document" "private_ec2" {
  source_policy_documents = [data.aws_iam_policy_document.private.json]

  statement {
    sid       = "AllowImagesOfAmazon"
    actions   = ["ec2:CreateReplaceRootVolumeTask", "ec2:RunInstances"]
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
      variable = "ec2:Owner"
      values   = ["amazon"]
    }
  }

  statement {
    sid       = "AllowPrefixListsOfAws"
    actions   = ["ec2:GetManagedPrefixListEntries"]
    resources = ["arn:aws:ec2:eu-west-1:aws:prefix-list/*"]

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

resource "aws_vpc_endpoint" "private_ec2" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private_ec2.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.ec2"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-ec2"
  }
}

data "aws_iam_policy_document" "private_ecr_api" {
  source_policy_documents = [data.aws_iam_policy_document.private.json]

  statement {
    sid       = "AllowImagesOfEks"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
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
      variable = "aws:ResourceAccount"
      values   = ["602401143452"]
    }
  }
}

resource "aws_vpc_endpoint" "private_ecr_api" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private_ecr_api.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.ecr.api"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-ecr.api"
  }
}

data "aws_iam_policy_document" "private_ecr_dkr" {
  source_policy_documents = [data.aws_iam_policy_document.private.json]

  statement {
    sid       = "AllowImagesOfEks"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
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
      variable = "aws:ResourceAccount"
      values   = ["602401143452"]
    }
  }
}

resource "aws_vpc_endpoint" "private_ecr_dkr" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private_ecr_dkr.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.ecr.dkr"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-ecr.dkr"
  }
}

resource "aws_vpc_endpoint" "private_eks" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.eks"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-eks"
  }
}

resource "aws_vpc_endpoint" "private_eks_auth" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.eks-auth"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-eks-auth"
  }
}

data "aws_iam_policy_document" "private_sts" {
  source_policy_documents = [data.aws_iam_policy_document.private.json]

  statement {
    sid       = "AllowFederation"
    actions   = ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"]
    resources = ["*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceOrgID"
      values   = ["o-a1b2c3d4e5"]
    }
  }
}

resource "aws_vpc_endpoint" "private_sts" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private_sts.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.sts"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-sts"
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

resource "aws_vpc_endpoint" "private_s3_interface" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private_s3.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.s3"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-s3-interface"
  }

  dns_options {
    private_dns_only_for_inbound_resolver_endpoint = false
  }
}

resource "aws_vpc_endpoint" "private_dynamodb_interface" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private_dynamodb.json
  private_dns_enabled = false
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.dynamodb"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-dynamodb-interface"
  }
}

data "aws_iam_policy_document" "private_s3_us_east_1" {
  source_policy_documents = [data.aws_iam_policy_document.private.json]

  statement {
    sid       = "AllowBucketsOfAws"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }

  statement {
    sid       = "AllowMirror"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::mirror.example/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

resource "aws_vpc_endpoint" "private_s3_interface_us_east_1" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private_s3_us_east_1.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.us-east-1.s3"
  service_region      = "us-east-1"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-s3-interface-us-east-1"
  }
}

resource "aws_vpc_endpoint" "private_codepipeline" {
  vpc_id              = "vpc-0123456789abcdef0"
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.codepipeline"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-codepipeline"
  }
}

resource "aws_vpc_endpoint" "private_billing" {
  vpc_id              = "vpc-0123456789abcdef0"
  private_dns_enabled = false
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-billing"
  }
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

resource "aws_vpc_security_group_ingress_rule" "private_port_9142_vpc" {
  description       = "vpc to port 9142"
  from_port         = 9142
  to_port           = 9142
  ip_protocol       = "tcp"
  cidr_ipv4         = "10.0.0.0/16"
  security_group_id = aws_security_group.private_port_9142.id
}

resource "aws_vpc_security_group_ingress_rule" "private_port_9142_office" {
  description       = "office to port 9142"
  from_port         = 9142
  to_port           = 9142
  ip_protocol       = "tcp"
  prefix_list_id    = "pl-0123456789abcdef0"
  security_group_id = aws_security_group.private_port_9142.id
}
