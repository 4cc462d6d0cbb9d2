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

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

locals {
  carts_nodes    = ["001", "002"]
  sessions_nodes = ["0001-001", "0001-002", "0002-001", "0002-002"]
}

# ValkeyReplicationGroup sessions

resource "aws_security_group" "sessions" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "options-sessions-"
  description = "Valkey options-sessions"

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
  name        = "options-sessions"
  description = "Valkey options-sessions"
  subnet_ids  = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
}

resource "aws_elasticache_parameter_group" "sessions" {
  name        = "options-sessions-valkey8"
  description = "Parameters of options-sessions"
  family      = "valkey8"

  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }

  parameter {
    name  = "cluster-enabled"
    value = "yes"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_user" "sessions_default" {
  engine        = "valkey"
  access_string = "off -@all"
  user_id       = "options-sessions-default"
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
  access_string = "on ~session:* -@all +@read +@write +@connection +cluster +info"
  user_id       = "options-sessions-web"
  user_name     = "options-sessions-web"

  authentication_mode {
    type = "iam"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_user_group" "sessions" {
  engine        = "valkey"
  user_group_id = "options-sessions"

  user_ids = [
    aws_elasticache_user.sessions_default.user_id,
    aws_elasticache_user.sessions_web.user_id,
  ]
}

resource "aws_cloudwatch_log_group" "sessions_slow_log" {
  name              = "/aws/vendedlogs/elasticache/options-sessions/slow-log"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "sessions_engine_log" {
  name              = "/aws/vendedlogs/elasticache/options-sessions/engine-log"
  retention_in_days = 30
}

resource "aws_elasticache_replication_group" "sessions" {
  description                = "Valkey options-sessions"
  engine                     = "valkey"
  engine_version             = "8.1"
  node_type                  = "cache.r7g.large"
  port                       = 6379
  apply_immediately          = false
  at_rest_encryption_enabled = true
  auto_minor_version_upgrade = false
  automatic_failover_enabled = true
  cluster_mode               = "enabled"
  final_snapshot_identifier  = "options-sessions-final"
  kms_key_id                 = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
  maintenance_window         = "thu:02:50-thu:03:50"
  multi_az_enabled           = true
  num_node_groups            = 2
  parameter_group_name       = aws_elasticache_parameter_group.sessions.name
  replicas_per_node_group    = 1
  replication_group_id       = "options-sessions"
  security_group_ids         = [aws_security_group.sessions.id]
  snapshot_retention_limit   = 7
  snapshot_window            = "22:00-23:00"
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
    ignore_changes  = [engine_version, node_type, parameter_group_name, num_node_groups]
  }
}

resource "aws_elasticache_global_replication_group" "sessions" {
  engine_version                       = "8.1"
  automatic_failover_enabled           = true
  cache_node_type                      = "cache.r7g.large"
  global_replication_group_description = "Valkey options-sessions"
  global_replication_group_id_suffix   = "sessions"
  num_node_groups                      = 2
  parameter_group_name                 = aws_elasticache_parameter_group.sessions.name
  primary_replication_group_id         = aws_elasticache_replication_group.sessions.replication_group_id

  lifecycle {
    ignore_changes = [primary_replication_group_id]
  }
}

resource "aws_cloudwatch_metric_alarm" "sessions_evictions" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "Keys that must not be lost are evicted. Add memory, and check whether maxmemory-policy was changed."
  alarm_name          = "options-sessions-${each.key}-evictions"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "options-sessions-${each.key}"
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
  alarm_name          = "options-sessions-${each.key}-memory"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "options-sessions-${each.key}"
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
  alarm_name          = "options-sessions-${each.key}-engine_cpu"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "options-sessions-${each.key}"
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
  alarm_name          = "options-sessions-${each.key}-cpu"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "options-sessions-${each.key}"
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
  alarm_name          = "options-sessions-${each.key}-connections"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "options-sessions-${each.key}"
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
  alarm_name          = "options-sessions-${each.key}-replication_lag"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "options-sessions-${each.key}"
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
  alarm_name          = "options-sessions-${each.key}-authentication_failures"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "options-sessions-${each.key}"
  }

  evaluation_periods = 1
  metric_name        = "AuthenticationFailures"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

# ValkeyReplicationGroup carts

resource "aws_security_group" "carts" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "options-carts-"
  description = "Valkey options-carts"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "carts_web" {
  description                  = "web to port 6379"
  from_port                    = 6379
  to_port                      = 6379
  ip_protocol                  = "tcp"
  referenced_security_group_id = "sg-0123456789abcdef0"
  security_group_id            = aws_security_group.carts.id
}

resource "aws_elasticache_subnet_group" "carts" {
  name        = "options-carts"
  description = "Valkey options-carts"
  subnet_ids  = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
}

resource "aws_elasticache_parameter_group" "carts" {
  name        = "options-carts-valkey8-compatible"
  description = "Parameters of options-carts"
  family      = "valkey8"

  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lru"
  }

  parameter {
    name  = "cluster-enabled"
    value = "yes"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_user" "carts_default" {
  engine        = "valkey"
  access_string = "off -@all"
  user_id       = "options-carts-default"
  user_name     = "default"

  authentication_mode {
    type      = "password"
    passwords = [uuid()]
  }

  lifecycle {
    ignore_changes = [authentication_mode]
  }
}

resource "aws_elasticache_user" "carts_web" {
  engine        = "valkey"
  access_string = "on ~cart:* -@all +@read +@write +@connection +cluster +info"
  user_id       = "options-carts-web"
  user_name     = "options-carts-web"

  authentication_mode {
    type = "iam"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_user_group" "carts" {
  engine        = "valkey"
  user_group_id = "options-carts"
  user_ids      = [aws_elasticache_user.carts_default.user_id, aws_elasticache_user.carts_web.user_id]
}

resource "aws_cloudwatch_log_group" "carts_slow_log" {
  name              = "/aws/vendedlogs/elasticache/options-carts/slow-log"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "carts_engine_log" {
  name              = "/aws/vendedlogs/elasticache/options-carts/engine-log"
  retention_in_days = 30
}

resource "aws_elasticache_replication_group" "carts" {
  description                = "Valkey options-carts"
  engine                     = "valkey"
  engine_version             = "8.1"
  node_type                  = "cache.r7g.large"
  port                       = 6379
  apply_immediately          = false
  at_rest_encryption_enabled = true
  auto_minor_version_upgrade = false
  automatic_failover_enabled = true
  cluster_mode               = "compatible"
  ip_discovery               = "ipv4"
  kms_key_id                 = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
  maintenance_window         = "mon:04:10-mon:05:10"
  multi_az_enabled           = true
  network_type               = "dual_stack"
  num_cache_clusters         = 2
  parameter_group_name       = aws_elasticache_parameter_group.carts.name
  replication_group_id       = "options-carts"
  security_group_ids         = [aws_security_group.carts.id]
  snapshot_retention_limit   = 0
  snapshot_window            = "00:30-01:30"
  subnet_group_name          = aws_elasticache_subnet_group.carts.name
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  user_group_ids             = [aws_elasticache_user_group.carts.user_group_id]

  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.carts_slow_log.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "slow-log"
  }

  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.carts_engine_log.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "engine-log"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "carts_memory" {
  for_each = toset(local.carts_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "Memory usage is above 100 % although keys are evicted. Find what uses memory besides keys, for example clients that do not read their replies."
  alarm_name          = "options-carts-${each.key}-memory"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "options-carts-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "DatabaseMemoryUsagePercentage"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Average"
  threshold          = 100
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "carts_engine_cpu" {
  for_each = toset(local.carts_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "CPU utilization of the engine is above 90 %. Add replicas for reads, shards or a larger node type for writes."
  alarm_name          = "options-carts-${each.key}-engine_cpu"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "options-carts-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "EngineCPUUtilization"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Average"
  threshold          = 90
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "carts_cpu" {
  for_each = toset(local.carts_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "CPU utilization of the host with 2 vCPUs is above 45 %. Add replicas for reads, shards or a larger node type for writes."
  alarm_name          = "options-carts-${each.key}-cpu"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "options-carts-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "CPUUtilization"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Average"
  threshold          = 45
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "carts_connections" {
  for_each = toset(local.carts_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "More than 52000 of at most 65000 client connections are open. Use connection pools."
  alarm_name          = "options-carts-${each.key}-connections"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "options-carts-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "CurrConnections"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Maximum"
  threshold          = 52000
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "carts_replication_lag" {
  for_each = toset(local.carts_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The replica is more than 5 seconds behind its primary; a failover now loses these writes. Find the source of the writes."
  alarm_name          = "options-carts-${each.key}-replication_lag"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "options-carts-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "ReplicationLag"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Maximum"
  threshold          = 5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "carts_authentication_failures" {
  for_each = toset(local.carts_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "Authentication failed: expired IAM token, token for another cache, or unknown client."
  alarm_name          = "options-carts-${each.key}-authentication_failures"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "options-carts-${each.key}"
  }

  evaluation_periods = 1
  metric_name        = "AuthenticationFailures"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}
