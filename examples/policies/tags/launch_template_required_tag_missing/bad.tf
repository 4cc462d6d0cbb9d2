provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

# Default tags apply to the template, not to what it launches.
resource "aws_launch_template" "untagged" {
  name = "untagged"
}

# The volumes have no tags.
resource "aws_launch_template" "workers" {
  name = "workers"

  tag_specifications {
    resource_type = "instance"

    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}
