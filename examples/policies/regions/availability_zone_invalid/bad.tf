provider "aws" {
  region = "eu-central-1"
}

resource "aws_subnet" "elsewhere" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "by_id" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "euc1-az1"
}

resource "aws_subnet" "by_name" {
  vpc_id               = "vpc-0123456789abcdef0"
  cidr_block           = "10.0.2.0/24"
  availability_zone_id = "eu-central-1a"
}
