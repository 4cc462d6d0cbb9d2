provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Environment = "prod"
      owner       = "platform"
    }
  }
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"

  tags = {
    Name       = "logs"
    Enviroment = "prod"
  }
}

# The keys of nested tags are checked as well.
resource "aws_launch_template" "workers" {
  name = "workers"

  tag_specifications {
    resource_type = "volume"

    tags = {
      environment = "prod"
    }
  }
}
