provider "aws" {
  region = "eu-central-1"
}

# The tags of the instance do not apply to its volumes.
resource "aws_instance" "worker" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"

  tags = {
    Environment = "prod"
    Owner       = "platform"
  }
}

# The data volume has no owner.
resource "aws_instance" "database" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"

  root_block_device {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 100

    tags = {
      Environment = "prod"
    }
  }
}
