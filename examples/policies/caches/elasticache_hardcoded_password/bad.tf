provider "aws" {
  region = "eu-central-1"
}

resource "aws_elasticache_user" "web" {
  engine        = "valkey"
  user_id       = "sessions-web"
  user_name     = "sessions-web"
  access_string = "on ~session:* +@read +@write"

  authentication_mode {
    type      = "password"
    passwords = ["correct-horse-battery"]
  }
}
