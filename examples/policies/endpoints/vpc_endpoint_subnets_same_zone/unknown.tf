provider "aws" {
  region = "eu-central-1"
}

variable "zones" {
  type = list(string)
}

resource "aws_subnet" "first" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.0.0/24"
  availability_zone = element(var.zones, 0)
}

resource "aws_subnet" "second" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.1.0/24"
  availability_zone = element(var.zones, 1)
}

resource "aws_vpc_endpoint" "ssm" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.eu-central-1.ssm"
  vpc_endpoint_type = "Interface"
  subnet_ids        = [aws_subnet.first.id, aws_subnet.second.id]
}
