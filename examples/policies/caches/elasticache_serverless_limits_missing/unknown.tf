provider "aws" {
  region = "eu-central-1"
}

resource "terraform_data" "limit" {
  input = 10
}

resource "aws_elasticache_serverless_cache" "sessions" {
  name   = "sessions"
  engine = "valkey"

  cache_usage_limits {
    data_storage {
      maximum = terraform_data.limit.output
      unit    = "GB"
    }

    ecpu_per_second {
      maximum = 5000
    }
  }
}
