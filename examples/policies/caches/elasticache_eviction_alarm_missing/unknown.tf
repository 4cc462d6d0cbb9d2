provider "aws" {
  region = "eu-central-1"
}

resource "terraform_data" "node" {
  input = "sessions-001"
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions of users"
  engine               = "valkey"
  engine_version       = "8.1"
  node_type            = "cache.r7g.large"
}

resource "aws_cloudwatch_metric_alarm" "evictions" {
  alarm_name          = "sessions-evictions"
  namespace           = "AWS/ElastiCache"
  metric_name         = "Evictions"
  dimensions          = { CacheClusterId = terraform_data.node.output }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
}
