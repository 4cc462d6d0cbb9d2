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
}

resource "aws_iam_role" "worker" {
  name               = "worker"
  assume_role_policy = "{}"
}

resource "aws_security_group" "tasks" {
  name = "tasks"
}

# ExistingCache sessions

data "aws_iam_policy_document" "sessions_worker" {
  statement {
    sid     = "Connect"
    actions = ["elasticache:Connect"]

    resources = [
      "arn:aws:elasticache:eu-west-1:123456789012:replicationgroup:shop-sessions",
      "arn:aws:elasticache:eu-west-1:123456789012:user:shop-sessions-web",
    ]
  }
}

resource "aws_iam_role_policy" "sessions_worker" {
  name   = "shop-sessions-connect"
  role   = aws_iam_role.worker.name
  policy = data.aws_iam_policy_document.sessions_worker.json
}

resource "aws_vpc_security_group_egress_rule" "sessions_tasks" {
  description                  = "tasks to sessions"
  from_port                    = 6379
  to_port                      = 6379
  ip_protocol                  = "tcp"
  referenced_security_group_id = "sg-0123456789abcdef0"
  security_group_id            = aws_security_group.tasks.id
}

# ExistingCache pages

data "aws_iam_policy_document" "pages_worker" {
  statement {
    sid     = "Connect"
    actions = ["elasticache:Connect"]

    resources = [
      "arn:aws:elasticache:eu-west-1:123456789012:serverlesscache:shop-pages",
      "arn:aws:elasticache:eu-west-1:123456789012:user:shop-pages-web",
    ]
  }
}

resource "aws_iam_role_policy" "pages_worker" {
  name   = "shop-pages-connect"
  role   = "worker"
  policy = data.aws_iam_policy_document.pages_worker.json
}

resource "aws_vpc_security_group_egress_rule" "pages_tasks" {
  description                  = "tasks to pages"
  from_port                    = 6379
  to_port                      = 6380
  ip_protocol                  = "tcp"
  referenced_security_group_id = "sg-0123456789abcdef0"
  security_group_id            = aws_security_group.tasks.id
}
