provider "aws" {
  region = "eu-central-1"
}

variable "tags" {
  type = map(string)
}

resource "aws_instance" "worker" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  volume_tags   = var.tags
}

# The launch template may tag the volumes, and is not in the stack.
resource "aws_instance" "batch" {
  launch_template {
    id = "lt-0123456789abcdef0"
  }
}
