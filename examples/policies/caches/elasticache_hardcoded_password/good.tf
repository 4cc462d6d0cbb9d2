provider "aws" {
  region = "eu-central-1"
}

resource "terraform_data" "password" {
  input = "made-elsewhere-1234"
}

resource "aws_elasticache_user" "web" {
  engine        = "valkey"
  user_id       = "sessions-web"
  user_name     = "sessions-web"
  access_string = "on ~session:* +@read +@write"

  authentication_mode {
    type      = "password"
    passwords = [terraform_data.password.output]
  }
}
