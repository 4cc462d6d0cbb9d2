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

locals {
  sessions_nodes = [
    "0001-001",
    "0001-002",
    "0001-003",
    "0002-001",
    "0002-002",
    "0002-003",
    "0003-001",
    "0003-002",
    "0003-003",
    "0004-001",
    "0004-002",
    "0004-003",
  ]
}

resource "aws_iam_role" "worker" {
  name               = "worker"
  assume_role_policy = "{}"
}

# ValkeyReplicationGroup sessions

resource "aws_security_group" "sessions" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "sessions-"
  description = "Valkey sessions"

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

resource "aws_vpc_security_group_ingress_rule" "sessions_vpn" {
  description       = "vpn to port 6379"
  from_port         = 6379
  to_port           = 6379
  ip_protocol       = "tcp"
  cidr_ipv4         = "10.0.0.0/16"
  security_group_id = aws_security_group.sessions.id
}

resource "aws_elasticache_subnet_group" "sessions" {
  name        = "sessions"
  description = "Sessions of signed-in users"
  subnet_ids  = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
}

resource "aws_elasticache_parameter_group" "sessions" {
  name        = "sessions-valkey9"
  description = "Parameters of sessions"
  family      = "valkey9"

  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }

  parameter {
    name  = "cluster-enabled"
    value = "yes"
  }

  parameter {
    name  = "notify-keyspace-events"
    value = "Ex"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_user" "sessions_default" {
  engine        = "valkey"
  access_string = "off -@all"
  user_id       = "sessions-default"
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
  user_id       = "sessions-web"
  user_name     = "sessions-web"

  authentication_mode {
    type = "iam"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_user" "sessions_worker" {
  engine        = "valkey"
  access_string = "on ~job:* +@all -@dangerous"
  user_id       = "sessions-worker"
  user_name     = "sessions-worker"

  authentication_mode {
    type = "iam"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_user_group" "sessions" {
  engine        = "valkey"
  user_group_id = "sessions"

  user_ids = [
    aws_elasticache_user.sessions_default.user_id,
    aws_elasticache_user.sessions_web.user_id,
    aws_elasticache_user.sessions_worker.user_id,
  ]
}

resource "aws_cloudwatch_log_group" "sessions_slow_log" {
  name              = "/aws/vendedlogs/elasticache/sessions/slow-log"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "sessions_engine_log" {
  name              = "/aws/vendedlogs/elasticache/sessions/engine-log"
  retention_in_days = 30
}

resource "aws_elasticache_replication_group" "sessions" {
  description                = "Sessions of signed-in users"
  engine                     = "valkey"
  engine_version             = "9.0"
  node_type                  = "cache.m7g.xlarge"
  port                       = 6379
  apply_immediately          = false
  at_rest_encryption_enabled = true
  auto_minor_version_upgrade = false
  automatic_failover_enabled = true
  cluster_mode               = "enabled"
  final_snapshot_identifier  = "sessions-final"
  kms_key_id                 = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
  maintenance_window         = "sun:03:00-sun:04:00"
  multi_az_enabled           = true
  num_node_groups            = 2
  parameter_group_name       = aws_elasticache_parameter_group.sessions.name
  replicas_per_node_group    = 2
  replication_group_id       = "sessions"
  security_group_ids         = [aws_security_group.sessions.id]
  snapshot_retention_limit   = 35
  snapshot_window            = "02:00-03:00"
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
    ignore_changes = [num_node_groups]
  }
}

resource "aws_appautoscaling_target" "sessions_shards" {
  max_capacity       = 4
  min_capacity       = 2
  resource_id        = "replication-group/${aws_elasticache_replication_group.sessions.replication_group_id}"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  service_namespace  = "elasticache"
}

resource "aws_appautoscaling_policy" "sessions_shards" {
  name               = "sessions-shards"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.sessions_shards.resource_id
  scalable_dimension = aws_appautoscaling_target.sessions_shards.scalable_dimension
  service_namespace  = aws_appautoscaling_target.sessions_shards.service_namespace

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "sessions_evictions" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "Keys that must not be lost are evicted. Add memory, and check whether maxmemory-policy was changed."
  alarm_name          = "sessions-${each.key}-evictions"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "sessions-${each.key}"
  }

  evaluation_periods = 1
  metric_name        = "Evictions"
  namespace          = "AWS/ElastiCache"
  ok_actions         = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "sessions_memory" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "Memory usage is above 80 %; writes fail at 100 %. Add shards or use a larger node type."
  alarm_name          = "sessions-${each.key}-memory"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "sessions-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "DatabaseMemoryUsagePercentage"
  namespace          = "AWS/ElastiCache"
  ok_actions         = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  period             = 60
  statistic          = "Average"
  threshold          = 80
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "sessions_engine_cpu" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "CPU utilization of the engine is above 90 %. Add replicas for reads, shards or a larger node type for writes."
  alarm_name          = "sessions-${each.key}-engine_cpu"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "sessions-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "EngineCPUUtilization"
  namespace          = "AWS/ElastiCache"
  ok_actions         = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  period             = 60
  statistic          = "Average"
  threshold          = 90
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "sessions_cpu" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "CPU utilization of the host with 4 vCPUs is above 90 %. Add replicas for reads, shards or a larger node type for writes."
  alarm_name          = "sessions-${each.key}-cpu"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "sessions-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "CPUUtilization"
  namespace          = "AWS/ElastiCache"
  ok_actions         = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  period             = 60
  statistic          = "Average"
  threshold          = 90
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "sessions_connections" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "More than 1000 of at most 65000 client connections are open. Use connection pools."
  alarm_name          = "sessions-${each.key}-connections"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "sessions-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "CurrConnections"
  namespace          = "AWS/ElastiCache"
  ok_actions         = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  period             = 60
  statistic          = "Maximum"
  threshold          = 1000
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "sessions_replication_lag" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The replica is more than 5 seconds behind its primary; a failover now loses these writes. Find the source of the writes."
  alarm_name          = "sessions-${each.key}-replication_lag"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "sessions-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "ReplicationLag"
  namespace          = "AWS/ElastiCache"
  ok_actions         = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  period             = 60
  statistic          = "Maximum"
  threshold          = 5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "sessions_authentication_failures" {
  for_each = toset(local.sessions_nodes)

  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "Authentication failed: expired IAM token, token for another cache, or unknown client."
  alarm_name          = "sessions-${each.key}-authentication_failures"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "sessions-${each.key}"
  }

  evaluation_periods = 1
  metric_name        = "AuthenticationFailures"
  namespace          = "AWS/ElastiCache"
  ok_actions         = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

data "aws_iam_policy_document" "sessions_web" {
  statement {
    sid     = "Connect"
    actions = ["elasticache:Connect"]

    resources = [
      aws_elasticache_replication_group.sessions.arn,
      aws_elasticache_user.sessions_web.arn,
    ]
  }
}

resource "aws_iam_role_policy" "sessions_web" {
  name   = "sessions-connect-web"
  role   = "web"
  policy = data.aws_iam_policy_document.sessions_web.json
}

data "aws_iam_policy_document" "sessions_worker" {
  statement {
    sid     = "Connect"
    actions = ["elasticache:Connect"]

    resources = [
      aws_elasticache_replication_group.sessions.arn,
      aws_elasticache_user.sessions_worker.arn,
    ]
  }
}

resource "aws_iam_role_policy" "sessions_worker" {
  name   = "sessions-connect-worker"
  role   = aws_iam_role.worker.name
  policy = data.aws_iam_policy_document.sessions_worker.json
}
