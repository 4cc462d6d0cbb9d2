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
      Environment = "dev"
      Owner       = "platform"
    }
  }
}

resource "aws_budgets_budget" "month" {
  name         = "month"
  budget_type  = "COST"
  limit_amount = "500"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "FORECASTED"
    subscriber_email_addresses = ["cloud-costs@example.com"]
    threshold                  = 100
    threshold_type             = "PERCENTAGE"
  }

  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "ACTUAL"
    subscriber_email_addresses = ["cloud-costs@example.com"]
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
  }
}

data "aws_iam_policy_document" "no_capacity" {
  statement {
    sid    = "DenyCapacity"
    effect = "Deny"

    actions = [
      "ec2:RequestSpotInstances",
      "ec2:RunInstances",
      "ecs:CreateService",
      "ecs:RunTask",
      "eks:CreateNodegroup",
      "elasticache:Create*",
      "rds:CreateDB*",
      "sagemaker:Create*",
    ]

    resources = ["*"]
  }
}

resource "aws_iam_policy" "no_capacity" {
  name   = "no-new-capacity"
  policy = data.aws_iam_policy_document.no_capacity.json
}

data "aws_iam_policy_document" "budget_action_trust" {
  statement {
    sid     = "TrustBudgets"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["budgets.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["123456789012"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:budgets::123456789012:budget/*"]
    }
  }
}

resource "aws_iam_role" "budget_action" {
  name               = "budget-action"
  assume_role_policy = data.aws_iam_policy_document.budget_action_trust.json
}

data "aws_iam_policy_document" "budget_action" {
  statement {
    sid       = "AttachPolicy"
    actions   = ["iam:AttachRolePolicy", "iam:DetachRolePolicy"]
    resources = ["arn:aws:iam::123456789012:role/developer"]

    condition {
      test     = "ArnEquals"
      variable = "iam:PolicyARN"
      values   = [aws_iam_policy.no_capacity.arn]
    }
  }
}

resource "aws_iam_role_policy" "budget_action" {
  name   = "attach"
  role   = aws_iam_role.budget_action.name
  policy = data.aws_iam_policy_document.budget_action.json
}

resource "aws_budgets_budget_action" "no_capacity" {
  action_type        = "APPLY_IAM_POLICY"
  approval_model     = "AUTOMATIC"
  budget_name        = aws_budgets_budget.month.name
  execution_role_arn = aws_iam_role.budget_action.arn
  notification_type  = "ACTUAL"

  action_threshold {
    action_threshold_type  = "PERCENTAGE"
    action_threshold_value = 100
  }

  definition {
    iam_action_definition {
      policy_arn = aws_iam_policy.no_capacity.arn
      roles      = ["developer"]
    }
  }

  subscriber {
    address           = "cloud-costs@example.com"
    subscription_type = "EMAIL"
  }
}
