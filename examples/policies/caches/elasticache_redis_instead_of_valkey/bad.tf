provider "aws" {
  region = "eu-central-1"
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions of users"
  node_type            = "cache.r7g.large"
}

resource "aws_elasticache_serverless_cache" "pages" {
  name   = "pages"
  engine = "redis"
}
