provider "aws" {
  region = "eu-central-1"
}

resource "aws_elasticache_parameter_group" "sessions" {
  name   = "sessions"
  family = "valkey8"

  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions of users"
  engine               = "valkey"
  engine_version       = "8.1"
  node_type            = "cache.r7g.large"
  parameter_group_name = aws_elasticache_parameter_group.sessions.name

  snapshot_retention_limit = 7
}
