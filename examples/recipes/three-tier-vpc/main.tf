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
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true

  tags = {
    Name = "main"
  }
}

resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id

  tags = {
    Name = "main"
  }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  tags = {
    Name = "main-public"
  }
}

resource "aws_subnet" "public_az1" {
  vpc_id               = aws_vpc.main.id
  availability_zone_id = "euw1-az1"
  cidr_block           = "10.0.0.0/22"

  tags = {
    Name = "main-public-euw1-az1"
  }
}

resource "aws_route_table_association" "public_az1" {
  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public_az1.id
}

resource "aws_subnet" "public_az2" {
  vpc_id               = aws_vpc.main.id
  availability_zone_id = "euw1-az2"
  cidr_block           = "10.0.4.0/22"

  tags = {
    Name = "main-public-euw1-az2"
  }
}

resource "aws_route_table_association" "public_az2" {
  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public_az2.id
}

resource "aws_subnet" "public_az3" {
  vpc_id               = aws_vpc.main.id
  availability_zone_id = "euw1-az3"
  cidr_block           = "10.0.8.0/22"

  tags = {
    Name = "main-public-euw1-az3"
  }
}

resource "aws_route_table_association" "public_az3" {
  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public_az3.id
}

resource "aws_security_group" "public" {
  vpc_id      = aws_vpc.main.id
  name        = "main-public"
  description = "The public tier"
}

resource "aws_route_table" "app" {
  vpc_id = aws_vpc.main.id

  tags = {
    Name = "main-app"
  }
}

resource "aws_subnet" "app_az1" {
  vpc_id               = aws_vpc.main.id
  availability_zone_id = "euw1-az1"
  cidr_block           = "10.0.16.0/22"

  tags = {
    Name = "main-app-euw1-az1"
  }
}

resource "aws_route_table_association" "app_az1" {
  route_table_id = aws_route_table.app.id
  subnet_id      = aws_subnet.app_az1.id
}

resource "aws_subnet" "app_az2" {
  vpc_id               = aws_vpc.main.id
  availability_zone_id = "euw1-az2"
  cidr_block           = "10.0.20.0/22"

  tags = {
    Name = "main-app-euw1-az2"
  }
}

resource "aws_route_table_association" "app_az2" {
  route_table_id = aws_route_table.app.id
  subnet_id      = aws_subnet.app_az2.id
}

resource "aws_subnet" "app_az3" {
  vpc_id               = aws_vpc.main.id
  availability_zone_id = "euw1-az3"
  cidr_block           = "10.0.24.0/22"

  tags = {
    Name = "main-app-euw1-az3"
  }
}

resource "aws_route_table_association" "app_az3" {
  route_table_id = aws_route_table.app.id
  subnet_id      = aws_subnet.app_az3.id
}

resource "aws_security_group" "app" {
  vpc_id      = aws_vpc.main.id
  name        = "main-app"
  description = "The app tier"
}

resource "aws_route_table" "data" {
  vpc_id = aws_vpc.main.id

  tags = {
    Name = "main-data"
  }
}

resource "aws_subnet" "data_az1" {
  vpc_id               = aws_vpc.main.id
  availability_zone_id = "euw1-az1"
  cidr_block           = "10.0.32.0/22"

  tags = {
    Name = "main-data-euw1-az1"
  }
}

resource "aws_route_table_association" "data_az1" {
  route_table_id = aws_route_table.data.id
  subnet_id      = aws_subnet.data_az1.id
}

resource "aws_subnet" "data_az2" {
  vpc_id               = aws_vpc.main.id
  availability_zone_id = "euw1-az2"
  cidr_block           = "10.0.36.0/22"

  tags = {
    Name = "main-data-euw1-az2"
  }
}

resource "aws_route_table_association" "data_az2" {
  route_table_id = aws_route_table.data.id
  subnet_id      = aws_subnet.data_az2.id
}

resource "aws_subnet" "data_az3" {
  vpc_id               = aws_vpc.main.id
  availability_zone_id = "euw1-az3"
  cidr_block           = "10.0.40.0/22"

  tags = {
    Name = "main-data-euw1-az3"
  }
}

resource "aws_route_table_association" "data_az3" {
  route_table_id = aws_route_table.data.id
  subnet_id      = aws_subnet.data_az3.id
}

resource "aws_security_group" "data" {
  vpc_id      = aws_vpc.main.id
  name        = "main-data"
  description = "The data tier"
}

resource "aws_route" "internet" {
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main.id
  route_table_id         = aws_route_table.public.id
}

resource "aws_network_acl" "data" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.data_az1.id, aws_subnet.data_az2.id, aws_subnet.data_az3.id]

  tags = {
    Name = "main-data"
  }

  egress {
    from_port  = 1024
    to_port    = 65535
    protocol   = "tcp"
    action     = "allow"
    cidr_block = "10.0.16.0/20"
    rule_no    = 100
  }

  ingress {
    from_port  = 5432
    to_port    = 5432
    protocol   = "tcp"
    action     = "allow"
    cidr_block = "10.0.16.0/20"
    rule_no    = 100
  }
}

resource "aws_vpc_security_group_ingress_rule" "internet_to_public" {
  description       = "HTTPS"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  cidr_ipv4         = "0.0.0.0/0"
  security_group_id = aws_security_group.public.id
}

resource "aws_vpc_security_group_egress_rule" "public_to_app" {
  description                  = "public to app"
  from_port                    = 8080
  to_port                      = 8080
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.app.id
  security_group_id            = aws_security_group.public.id
}

resource "aws_vpc_security_group_ingress_rule" "public_to_app" {
  description                  = "public to app"
  from_port                    = 8080
  to_port                      = 8080
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.public.id
  security_group_id            = aws_security_group.app.id
}

resource "aws_vpc_security_group_egress_rule" "app_to_data" {
  description                  = "app to data"
  from_port                    = 5432
  to_port                      = 5432
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.data.id
  security_group_id            = aws_security_group.app.id
}

resource "aws_vpc_security_group_ingress_rule" "app_to_data" {
  description                  = "app to data"
  from_port                    = 5432
  to_port                      = 5432
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.app.id
  security_group_id            = aws_security_group.data.id
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
  route_table_ids   = [aws_route_table.app.id]
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
  route_table_ids   = [aws_route_table.app.id]
  service_name      = "com.amazonaws.eu-west-1.dynamodb"
  vpc_endpoint_type = "Gateway"

  tags = {
    Name = "private-dynamodb"
  }
}

resource "aws_security_group" "private" {
  vpc_id      = aws_vpc.main.id
  name_prefix = "private-vpc-endpoints-"
  description = "Interface VPC endpoints"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "private_app" {
  description                  = "app to port 443"
  from_port                    = 443
  to_port                      = 443
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.app.id
  security_group_id            = aws_security_group.private.id
}

resource "aws_vpc_endpoint" "private_ecr_api" {
  vpc_id              = aws_vpc.main.id
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.ecr.api"
  subnet_ids          = [aws_subnet.app_az1.id, aws_subnet.app_az2.id, aws_subnet.app_az3.id]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-ecr.api"
  }
}

resource "aws_vpc_endpoint" "private_ecr_dkr" {
  vpc_id              = aws_vpc.main.id
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.ecr.dkr"
  subnet_ids          = [aws_subnet.app_az1.id, aws_subnet.app_az2.id, aws_subnet.app_az3.id]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-ecr.dkr"
  }
}

resource "aws_vpc_endpoint" "private_logs" {
  vpc_id              = aws_vpc.main.id
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.logs"
  subnet_ids          = [aws_subnet.app_az1.id, aws_subnet.app_az2.id, aws_subnet.app_az3.id]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-logs"
  }
}

resource "aws_vpc_endpoint" "private_secretsmanager" {
  vpc_id              = aws_vpc.main.id
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.secretsmanager"
  subnet_ids          = [aws_subnet.app_az1.id, aws_subnet.app_az2.id, aws_subnet.app_az3.id]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-secretsmanager"
  }
}

resource "aws_vpc_security_group_egress_rule" "private_app" {
  description                  = "app to private"
  from_port                    = 443
  to_port                      = 443
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.private.id
  security_group_id            = aws_security_group.app.id
}

resource "aws_vpc_security_group_egress_rule" "private_app_s3" {
  description       = "app to private s3"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  prefix_list_id    = aws_vpc_endpoint.private_s3.prefix_list_id
  security_group_id = aws_security_group.app.id
}

resource "aws_vpc_security_group_egress_rule" "private_app_dynamodb" {
  description       = "app to private dynamodb"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  prefix_list_id    = aws_vpc_endpoint.private_dynamodb.prefix_list_id
  security_group_id = aws_security_group.app.id
}
