provider "aws" {
  region = "eu-central-1"
}

resource "aws_elasticache_serverless_cache" "sessions" {
  name   = "sessions"
  engine = "valkey"
}
