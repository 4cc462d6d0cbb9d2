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

provider "aws" {
  alias               = "dev"
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]

  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/terraform-observability"
  }

  default_tags {
    tags = {
      Environment = "dev"
      Owner       = "platform"
    }
  }
}

provider "aws" {
  alias               = "prod"
  region              = "eu-west-1"
  allowed_account_ids = ["444455556666"]

  assume_role {
    role_arn = "arn:aws:iam::444455556666:role/terraform-observability"
  }

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

resource "aws_oam_sink" "monitoring" {
  name = "monitoring"
}

data "aws_iam_policy_document" "sink" {
  statement {
    sid       = "AllowOrganization"
    actions   = ["oam:CreateLink", "oam:UpdateLink"]
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
      test     = "ForAllValues:StringEquals"
      variable = "oam:ResourceTypes"
      values   = ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup", "AWS::XRay::Trace"]
    }
  }
}

resource "aws_oam_sink_policy" "monitoring" {
  policy          = data.aws_iam_policy_document.sink.json
  sink_identifier = aws_oam_sink.monitoring.arn
}

resource "aws_oam_link" "dev" {
  provider = aws.dev

  label_template  = "$AccountName"
  resource_types  = ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup", "AWS::XRay::Trace"]
  sink_identifier = aws_oam_sink.monitoring.arn

  link_configuration {
    log_group_configuration {
      filter = "LogGroupName LIKE '/shop/%' OR LogGroupName LIKE '/aws/lambda/shop-%'"
    }
  }

  depends_on = [aws_oam_sink_policy.monitoring]
}

resource "aws_oam_link" "prod" {
  provider = aws.prod

  label_template  = "$AccountName"
  resource_types  = ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup", "AWS::XRay::Trace"]
  sink_identifier = aws_oam_sink.monitoring.arn

  link_configuration {
    log_group_configuration {
      filter = "LogGroupName LIKE '/shop/%' OR LogGroupName LIKE '/aws/lambda/shop-%'"
    }
  }

  depends_on = [aws_oam_sink_policy.monitoring]
}

resource "aws_cloudwatch_metric_alarm" "prod_function_errors" {
  alarm_description   = "Lambda functions of the account fail. Search /aws/lambda/shop-* in Logs Insights."
  alarm_name          = "prod-function-errors"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 2
  evaluation_periods  = 3
  threshold           = 10
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "errors"
    account_id  = "444455556666"
    return_data = true

    metric {
      metric_name = "Errors"
      namespace   = "AWS/Lambda"
      period      = 300
      stat        = "Sum"
    }
  }
}
