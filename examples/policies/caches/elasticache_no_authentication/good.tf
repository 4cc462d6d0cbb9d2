provider "aws" {
  region = "eu-central-1"
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions of users"
  engine               = "valkey"
  engine_version       = "8.1"
  node_type            = "cache.r7g.large"
  user_group_ids       = ["sessions"]

  transit_encryption_enabled = true
}

resource "aws_elasticache_user" "web" {
  engine        = "valkey"
  user_id       = "sessions-web"
  user_name     = "sessions-web"
  access_string = "on ~session:* +@read +@write"

  authentication_mode {
    type = "iam"
  }
}
