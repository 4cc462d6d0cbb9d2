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

# ValkeyServerless pages

resource "aws_security_group" "pages" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "shop-pages-"
  description = "Valkey shop-pages"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "pages_web" {
  description                  = "web to ports 6379 to 6380"
  from_port                    = 6379
  to_port                      = 6380
  ip_protocol                  = "tcp"
  referenced_security_group_id = "sg-0123456789abcdef0"
  security_group_id            = aws_security_group.pages.id
}

resource "aws_elasticache_user" "pages_default" {
  engine        = "valkey"
  access_string = "off -@all"
  user_id       = "shop-pages-default"
  user_name     = "default"

  authentication_mode {
    type      = "password"
    passwords = [uuid()]
  }

  lifecycle {
    ignore_changes = [authentication_mode]
  }
}

resource "aws_elasticache_user" "pages_web" {
  engine        = "valkey"
  access_string = "on ~web:* -@all +@read +@write"
  user_id       = "shop-pages-web"
  user_name     = "shop-pages-web"

  authentication_mode {
    type = "iam"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_user_group" "pages" {
  engine        = "valkey"
  user_group_id = "shop-pages"
  user_ids      = [aws_elasticache_user.pages_default.user_id, aws_elasticache_user.pages_web.user_id]
}

resource "aws_elasticache_serverless_cache" "pages" {
  name                     = "shop-pages"
  description              = "Valkey shop-pages"
  engine                   = "valkey"
  major_engine_version     = "8"
  security_group_ids       = [aws_security_group.pages.id]
  snapshot_retention_limit = 0
  subnet_ids               = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  user_group_id            = aws_elasticache_user_group.pages.user_group_id

  cache_usage_limits {
    data_storage {
      maximum = 10
      unit    = "GB"
    }

    ecpu_per_second {
      maximum = 5000
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "pages_data_storage" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "Data storage is above 80 % of 10 GB. At the limit keys with a time to live are evicted, and then writes fail. Raise data_storage_maximum."
  alarm_name          = "shop-pages-data_storage"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    clusterId = "shop-pages"
  }

  evaluation_periods = 5
  metric_name        = "BytesUsedForCache"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Maximum"
  threshold          = 8000000000
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "pages_ecpu" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "Usage is above 80 % of 5000 ECPU per second. At the limit commands are throttled. Raise ecpu_per_second_maximum."
  alarm_name          = "shop-pages-ecpu"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    clusterId = "shop-pages"
  }

  evaluation_periods = 5
  metric_name        = "ElastiCacheProcessingUnits"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Sum"
  threshold          = 240000
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "pages_throttled_commands" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "Commands are throttled: the load is at the limit, or it grows faster than the cache scales."
  alarm_name          = "shop-pages-throttled_commands"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    clusterId = "shop-pages"
  }

  evaluation_periods = 1
  metric_name        = "ThrottledCmds"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "pages_connections" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "More than 52000 of at most 65000 client connections are open. Use connection pools."
  alarm_name          = "shop-pages-connections"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    clusterId = "shop-pages"
  }

  evaluation_periods = 5
  metric_name        = "CurrConnections"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Maximum"
  threshold          = 52000
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "pages_authentication_failures" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "Authentication failed: expired IAM token, token for another cache, or unknown client."
  alarm_name          = "shop-pages-authentication_failures"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    clusterId = "shop-pages"
  }

  evaluation_periods = 1
  metric_name        = "AuthenticationFailures"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}
