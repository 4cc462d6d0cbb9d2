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
      Owner       = "security"
    }
  }
}

resource "aws_s3_bucket" "trail" {
  bucket = "example-trail"
}

resource "aws_s3_bucket_public_access_block" "trail" {
  bucket                  = aws_s3_bucket.trail.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "trail" {
  bucket = aws_s3_bucket.trail.id

  rule {
    id     = "delete-old-logs"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }

    expiration {
      days = 400
    }
  }
}

data "aws_iam_policy_document" "trail" {
  statement {
    sid       = "AllowAclCheck"
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.trail.arn]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = ["arn:aws:cloudtrail:eu-west-1:123456789012:trail/account"]
    }
  }

  statement {
    sid       = "AllowWrite"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.trail.arn}/AWSLogs/123456789012/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = ["arn:aws:cloudtrail:eu-west-1:123456789012:trail/account"]
    }

    condition {
      test     = "StringEquals"
      variable = "s3:x-amz-acl"
      values   = ["bucket-owner-full-control"]
    }
  }

  statement {
    sid       = "DenyWithoutTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.trail.arn, "${aws_s3_bucket.trail.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "trail" {
  bucket = aws_s3_bucket.trail.id
  policy = data.aws_iam_policy_document.trail.json
}

resource "aws_cloudtrail" "account" {
  name                       = "account"
  enable_log_file_validation = true
  is_multi_region_trail      = true
  s3_bucket_name             = aws_s3_bucket.trail.id

  depends_on = [aws_s3_bucket_policy.trail]
}

resource "aws_accessanalyzer_analyzer" "external" {
  type          = "ACCOUNT"
  analyzer_name = "external-access"
}

resource "aws_accessanalyzer_analyzer" "unused" {
  type          = "ACCOUNT_UNUSED_ACCESS"
  analyzer_name = "unused-access"

  configuration {
    unused_access {
      unused_access_age = 90
    }
  }
}

resource "aws_sns_topic" "findings" {
  name = "access-findings"
}

resource "aws_cloudwatch_event_rule" "findings" {
  name = "access-findings"

  event_pattern = jsonencode({
    source = ["aws.access-analyzer"]
    detail = {
      status = ["ACTIVE"]
    }
  })
}

resource "aws_cloudwatch_event_target" "findings" {
  arn  = aws_sns_topic.findings.arn
  rule = aws_cloudwatch_event_rule.findings.name
}

data "aws_iam_policy_document" "findings" {
  statement {
    sid       = "AllowRule"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.findings.arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.findings.arn]
    }
  }
}

resource "aws_sns_topic_policy" "findings" {
  policy = data.aws_iam_policy_document.findings.json
  arn    = aws_sns_topic.findings.arn
}

data "aws_iam_policy_document" "policy_generator_trust" {
  statement {
    sid     = "Trust"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["access-analyzer.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "policy_generator" {
  name               = "policy-generator"
  assume_role_policy = data.aws_iam_policy_document.policy_generator_trust.json
}

data "aws_iam_policy_document" "policy_generator" {
  statement {
    sid       = "ReadTrail"
    actions   = ["cloudtrail:GetTrail"]
    resources = ["arn:aws:cloudtrail:eu-west-1:123456789012:trail/account"]
  }

  statement {
    sid       = "ReadLastAccess"
    actions   = ["iam:GenerateServiceLastAccessedDetails", "iam:GetServiceLastAccessedDetails"]
    resources = ["*"]
  }

  statement {
    sid       = "ReadLogs"
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = [aws_s3_bucket.trail.arn, "${aws_s3_bucket.trail.arn}/*"]
  }
}

resource "aws_iam_role_policy" "policy_generator" {
  name   = "reads"
  role   = aws_iam_role.policy_generator.name
  policy = data.aws_iam_policy_document.policy_generator.json
}

data "aws_iam_policy_document" "shop_deploy_trust" {
  statement {
    sid     = "Trust"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["codebuild.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "shop_deploy" {
  name               = "shop-deploy"
  assume_role_policy = data.aws_iam_policy_document.shop_deploy_trust.json
}

data "aws_iam_policy_document" "shop_deploy" {
  statement {
    sid       = "DeployService"
    actions   = ["ecs:DescribeServices", "ecs:UpdateService"]
    resources = ["arn:aws:ecs:eu-west-1:123456789012:service/prod/shop"]
  }

  statement {
    sid       = "RegisterTasks"
    actions   = ["ecs:RegisterTaskDefinition"]
    resources = ["arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:*"]
  }

  statement {
    sid     = "PassTaskRoles"
    actions = ["iam:PassRole"]

    resources = [
      "arn:aws:iam::123456789012:role/shop-task",
      "arn:aws:iam::123456789012:role/shop-execution",
    ]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "shop_deploy" {
  name   = "deploy"
  role   = aws_iam_role.shop_deploy.name
  policy = data.aws_iam_policy_document.shop_deploy.json
}
