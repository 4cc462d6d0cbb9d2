provider "aws" {
  region = "eu-central-1"
}

resource "terraform_data" "engine" {
  input = "valkey"
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions of users"
  engine               = terraform_data.engine.output
  node_type            = "cache.r7g.large"
}
