provider "aws" {
  region = "eu-central-1"
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions of users"
  engine               = "valkey"
  engine_version       = "8.1"
  node_type            = "r7g.large"
  user_group_ids       = ["sessions"]
}

resource "aws_elasticache_serverless_cache" "sessions" {
  name   = "sessions"
  engine = "valkey"

  cache_usage_limits {
    data_storage {
      minimum = 20
      maximum = 10
      unit    = "GB"
    }
  }
}
