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

# What this launch template gives to the volumes is not in the stack.
resource "aws_instance" "batch" {
  launch_template {
    id = "lt-0123456789abcdef0"
  }
}
