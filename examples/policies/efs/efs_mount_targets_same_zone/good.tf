provider "aws" {
  region = "eu-central-1"
}

resource "aws_subnet" "first" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_subnet" "second" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-central-1b"
}

resource "aws_efs_mount_target" "first" {
  file_system_id = "fs-0123456789abcdef0"
  subnet_id      = aws_subnet.first.id
}

resource "aws_efs_mount_target" "second" {
  file_system_id = "fs-0123456789abcdef0"
  subnet_id      = aws_subnet.second.id
}
