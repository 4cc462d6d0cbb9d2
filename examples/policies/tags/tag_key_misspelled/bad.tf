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

# What a launch template gives to its volumes has keys, too.
resource "aws_launch_template" "workers" {
  name = "workers"

  tag_specifications {
    resource_type = "volume"

    tags = {
      environment = "prod"
    }
  }
}
