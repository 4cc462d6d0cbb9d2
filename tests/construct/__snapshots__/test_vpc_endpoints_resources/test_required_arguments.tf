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
