provider "aws" {
  region = "eu-central-1"
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions of users"
  engine               = "valkey"
  engine_version       = "8.1"
  node_type            = "cache.r7g.large"
}

resource "aws_elasticache_user" "web" {
  engine        = "valkey"
  user_id       = "sessions-web"
  user_name     = "sessions-web"
  access_string = "on ~session:* +@read +@write"

  authentication_mode {
    type = "no-password-required"
  }
}

resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "redis"
  engine_version  = "7.1"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 1
}
