provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
}

# A tag of the resource replaces the default tag.
resource "aws_sns_topic" "orders" {
  name = "orders"

  tags = {
    Owner = "shop"
  }
}

# This type has no tags.
resource "aws_s3_bucket_versioning" "logs" {
  bucket = aws_s3_bucket.logs.id

  versioning_configuration {
    status = "Enabled"
  }
}

# This type has `tag` blocks instead, and no default tags.
resource "aws_autoscaling_group" "workers" {
  name_prefix         = "workers-"
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0123456789abcdef0"]

  launch_template {
    id = "lt-0123456789abcdef0"
  }
}
