provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

# The default tags are on the template, and on nothing that it launches.
resource "aws_launch_template" "untagged" {
  name = "untagged"
}

# The volumes are left out.
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
