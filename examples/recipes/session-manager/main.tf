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

data "aws_iam_policy_document" "key" {
  statement {
    sid       = "DelegateToIam"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }
  }

  statement {
    sid = "EncryptLogs"

    actions = [
      "kms:Decrypt*",
      "kms:Describe*",
      "kms:Encrypt*",
      "kms:GenerateDataKey*",
      "kms:ReEncrypt*",
    ]

    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.eu-west-1.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = ["arn:aws:logs:eu-west-1:123456789012:log-group:/session-manager/prod"]
    }
  }
}

resource "aws_kms_key" "sessions" {
  description         = "/session-manager/prod"
  policy              = data.aws_iam_policy_document.key.json
  enable_key_rotation = true
}

resource "aws_cloudwatch_log_group" "sessions" {
  name              = "/session-manager/prod"
  kms_key_id        = aws_kms_key.sessions.arn
  retention_in_days = 400
}

resource "aws_ssm_document" "preferences" {
  name = "SSM-SessionManagerRunShell"

  content = jsonencode({
    schemaVersion = "1.0"
    sessionType   = "Standard_Stream"
    inputs = {
      cloudWatchLogGroupName      = aws_cloudwatch_log_group.sessions.name
      cloudWatchEncryptionEnabled = true
      cloudWatchStreamingEnabled  = true
      kmsKeyId                    = aws_kms_key.sessions.arn
      runAsEnabled                = true
      maxSessionDuration          = "60"
    }
  })

  document_type = "Session"
}

data "aws_iam_policy_document" "instance_trust" {
  statement {
    sid     = "TrustEc2"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "instance" {
  name               = "shop-instance"
  assume_role_policy = data.aws_iam_policy_document.instance_trust.json
}

resource "aws_iam_instance_profile" "instance" {
  name = "shop-instance"
  role = aws_iam_role.instance.name
}

data "aws_iam_policy_document" "instance" {
  statement {
    sid       = "RegisterInstance"
    actions   = ["ssm:UpdateInstanceInformation"]
    resources = ["arn:aws:ec2:eu-west-1:123456789012:instance/*"]
  }

  statement {
    sid = "OpenChannels"

    actions = [
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
      "logs:DescribeLogGroups",
    ]

    resources = ["*"]
  }

  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    resources = ["arn:aws:logs:eu-west-1:123456789012:log-group:/session-manager/prod:*"]
  }

  statement {
    sid       = "DecryptSessions"
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.sessions.arn]
  }
}

resource "aws_iam_role_policy" "instance" {
  name   = "agent"
  role   = aws_iam_role.instance.name
  policy = data.aws_iam_policy_document.instance.json
}

resource "aws_security_group" "instance" {
  vpc_id      = "vpc-0123456789abcdef0"
  name        = "shop-instance"
  description = "shop-instance"
}

# VpcEndpoints private

resource "aws_security_group" "private" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "private-vpc-endpoints-"
  description = "Interface VPC endpoints"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "private_instance" {
  description                  = "instance to port 443"
  from_port                    = 443
  to_port                      = 443
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.instance.id
  security_group_id            = aws_security_group.private.id
}

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

resource "aws_vpc_endpoint" "private_kms" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.kms"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-kms"
  }
}

resource "aws_vpc_endpoint" "private_logs" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.logs"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-logs"
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
      variable = "aws:PrincipalAccount"
      values   = ["123456789012"]
    }
  }
}

resource "aws_vpc_endpoint" "private_ssm" {
  vpc_id              = "vpc-0123456789abcdef0"
  policy              = data.aws_iam_policy_document.private_ssm.json
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.private.id]
  service_name        = "com.amazonaws.eu-west-1.ssm"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
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
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  vpc_endpoint_type   = "Interface"

  tags = {
    Name = "private-ssmmessages"
  }
}

resource "aws_vpc_security_group_egress_rule" "private_instance" {
  description                  = "instance to private"
  from_port                    = 443
  to_port                      = 443
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.private.id
  security_group_id            = aws_security_group.instance.id
}

# Directly in the stack

data "aws_iam_policy_document" "operator_trust" {
  statement {
    sid     = "TrustAccount"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }

    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }
  }
}

resource "aws_iam_role" "operator" {
  name               = "shop-operator"
  assume_role_policy = data.aws_iam_policy_document.operator_trust.json

  tags = {
    SSMSessionRunAs = "ec2-user"
  }
}

data "aws_iam_policy_document" "operator" {
  statement {
    sid       = "StartOnTaggedInstances"
    actions   = ["ssm:StartSession"]
    resources = ["arn:aws:ec2:eu-west-1:123456789012:instance/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Application"
      values   = ["shop"]
    }

    condition {
      test     = "BoolIfExists"
      variable = "ssm:SessionDocumentAccessCheck"
      values   = ["true"]
    }
  }

  statement {
    sid       = "StartWithPreferences"
    actions   = ["ssm:StartSession"]
    resources = [aws_ssm_document.preferences.arn]

    condition {
      test     = "BoolIfExists"
      variable = "ssm:SessionDocumentAccessCheck"
      values   = ["true"]
    }
  }

  statement {
    sid       = "EndOwnSessions"
    actions   = ["ssm:ResumeSession", "ssm:TerminateSession"]
    resources = ["arn:aws:ssm:eu-west-1:123456789012:session/*"]

    condition {
      test     = "StringLike"
      variable = "ssm:resourceTag/aws:ssmmessages:session-id"
      values   = ["&{aws:userid}"]
    }
  }

  statement {
    sid       = "EncryptSessions"
    actions   = ["kms:GenerateDataKey"]
    resources = [aws_kms_key.sessions.arn]
  }
}

resource "aws_iam_role_policy" "operator" {
  name   = "sessions"
  role   = aws_iam_role.operator.name
  policy = data.aws_iam_policy_document.operator.json
}
