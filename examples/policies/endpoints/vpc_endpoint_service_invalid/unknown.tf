provider "aws" {
  region = "eu-central-1"
}

variable "service" {
  type = string
}

resource "aws_vpc_endpoint" "chosen" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.eu-central-1.${var.service}"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint" "new" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.eu-central-1.time-travel"
  vpc_endpoint_type = "Interface"
}
