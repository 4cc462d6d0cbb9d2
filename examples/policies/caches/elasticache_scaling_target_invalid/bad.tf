provider "aws" {
  region = "eu-central-1"
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions of users"
  engine               = "valkey"
  engine_version       = "8.1"
  node_type            = "cache.t4g.medium"
  num_cache_clusters   = 2

  automatic_failover_enabled = true
}

resource "aws_appautoscaling_target" "shards" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = "replication-group/${aws_elasticache_replication_group.sessions.id}"
  min_capacity       = 2
  max_capacity       = 5
}
