provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Environment = "production"
      Owner       = "platform"
    }
  }
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"

  tags = {
    CostCenter = "1001"
  }
}

# The tags of a volume are checked as well.
resource "aws_instance" "worker" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"

  root_block_device {
    tags = {
      Owner = ""
    }
  }
}
