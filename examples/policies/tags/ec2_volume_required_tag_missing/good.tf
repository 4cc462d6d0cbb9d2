provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Environment = "prod"
    }
  }
}

resource "aws_instance" "worker" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"

  volume_tags = {
    Owner = "platform"
  }
}

resource "aws_instance" "database" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"

  root_block_device {
    tags = {
      Owner = "platform"
    }
  }
}
