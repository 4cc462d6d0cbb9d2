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

locals {
  sessions_nodes = ["001", "002"]
}

# ValkeyReplicationGroup sessions

resource "aws_security_group" "sessions" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "shop-sessions-"
  description = "Valkey shop-sessions"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "sessions_web" {
  description                  = "web to port 6379"
  from_port                    = 6379
  to_port                      = 6379
  ip_protocol                  = "tcp"
  referenced_security_group_id = "sg-0123456789abcdef0"
  security_group_id            = aws_security_group.sessions.id
}

resource "aws_elasticache_subnet_group" "sessions" {
  name        = "shop-sessions"
  description = "Valkey shop-sessions"
  subnet_ids  = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
}

resource "aws_elasticache_parameter_group" "sessions" {
  name        = "shop-sessions-valkey8"
  description = "Parameters of shop-sessions"
  family      = "valkey8"

  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_user" "sessions_default" {
  engine        = "valkey"
  access_string = "off -@all"
  user_id       = "shop-sessions-default"
  user_name     = "default"

  authentication_mode {
    type      = "password"
    passwords = [uuid()]
  }

  lifecycle {
    ignore_changes = [authentication_mode]
  }
}

resource "aws_elasticache_user" "sessions_web" {
  engine        = "valkey"
  access_string = "on ~web:* -@all +@read +@write"
  user_id       = "shop-sessions-web"
  user_name     = "shop-sessions-web"

  authentication_mode {
    type = "iam"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_user_group" "sessions" {
  engine        = "valkey"
  user_group_id = "shop-sessions"

  user_ids = [
    aws_elasticache_user.sessions_default.user_id,
    aws_elasticache_user.sessions_web.user_id,
  ]
}

resource "aws_cloudwatch_log_group" "sessions_slow_log" {
  name              = "/aws/vendedlogs/elasticache/shop-sessions/slow-log"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "sessions_engine_log" {
  name              = "/aws/vendedlogs/elasticache/shop-sessions/engine-log"
  retention_in_days = 30
}

resource "aws_elasticache_replication_group" "sessions" {
  description                = "Valkey shop-sessions"
  engine                     = "valkey"
  engine_version             = "8.1"
  node_type                  = "cache.r7g.large"
  port                       = 6379
  apply_immediately          = false
  at_rest_encryption_enabled = true
  auto_minor_version_upgrade = false
  automatic_failover_enabled = true
  final_snapshot_identifier  = "shop-sessions-final"
  maintenance_window         = "sat:04:50-sat:05:50"
  multi_az_enabled           = true
  num_cache_clusters         = 2
  parameter_group_name       = aws_elasticache_parameter_group.sessions.name
  replication_group_id       = "shop-sessions"
  security_group_ids         = [aws_security_group.sessions.id]
  snapshot_retention_limit   = 7
  snapshot_window            = "23:40-00:40"
  subnet_group_name          = aws_elasticache_subnet_group.sessions.name
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  user_group_ids             = [aws_elasticache_user_group.sessions.user_group_id]

  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.sessions_slow_log.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "slow-log"
  }

  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.sessions_engine_log.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "engine-log"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "sessions_evictions" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "Keys that must not be lost are evicted. Add memory, and check whether maxmemory-policy was changed."
  alarm_name          = "shop-sessions-${each.key}-evictions"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "shop-sessions-${each.key}"
  }

  evaluation_periods = 1
  metric_name        = "Evictions"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "sessions_memory" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "Memory usage is above 80 %; writes fail at 100 %. Add shards or use a larger node type."
  alarm_name          = "shop-sessions-${each.key}-memory"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "shop-sessions-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "DatabaseMemoryUsagePercentage"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Average"
  threshold          = 80
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "sessions_engine_cpu" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "CPU utilization of the engine is above 90 %. Add replicas for reads, shards or a larger node type for writes."
  alarm_name          = "shop-sessions-${each.key}-engine_cpu"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "shop-sessions-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "EngineCPUUtilization"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Average"
  threshold          = 90
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "sessions_cpu" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "CPU utilization of the host with 2 vCPUs is above 45 %. Add replicas for reads, shards or a larger node type for writes."
  alarm_name          = "shop-sessions-${each.key}-cpu"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "shop-sessions-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "CPUUtilization"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Average"
  threshold          = 45
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "sessions_connections" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "More than 52000 of at most 65000 client connections are open. Use connection pools."
  alarm_name          = "shop-sessions-${each.key}-connections"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "shop-sessions-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "CurrConnections"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Maximum"
  threshold          = 52000
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "sessions_replication_lag" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The replica is more than 5 seconds behind its primary; a failover now loses these writes. Find the source of the writes."
  alarm_name          = "shop-sessions-${each.key}-replication_lag"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "shop-sessions-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "ReplicationLag"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Maximum"
  threshold          = 5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "sessions_authentication_failures" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "Authentication failed: expired IAM token, token for another cache, or unknown client."
  alarm_name          = "shop-sessions-${each.key}-authentication_failures"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "shop-sessions-${each.key}"
  }

  evaluation_periods = 1
  metric_name        = "AuthenticationFailures"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}
