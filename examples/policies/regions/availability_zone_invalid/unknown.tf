variable "zone" {
  type = string
}

provider "aws" {
  region = "eu-central-1"
}

resource "aws_subnet" "main" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.0.0/24"
  availability_zone = var.zone
}
