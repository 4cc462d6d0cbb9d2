provider "aws" {
  region = "eu-central-1"
}

resource "aws_vpc_endpoint" "ecr_api" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.eu-central-1.ecr-api"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint" "ssm" {
  vpc_id       = "vpc-0123456789abcdef0"
  service_name = "com.amazonaws.eu-central-1.ssm"
}
