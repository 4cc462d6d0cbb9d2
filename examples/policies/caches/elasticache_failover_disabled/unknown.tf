provider "aws" {
  region = "eu-central-1"
}

resource "terraform_data" "nodes" {
  input = 2
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions of users"
  engine               = "valkey"
  engine_version       = "8.1"
  node_type            = "cache.r7g.large"
  num_cache_clusters   = terraform_data.nodes.output

  automatic_failover_enabled = true
  multi_az_enabled           = true
}
