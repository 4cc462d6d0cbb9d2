provider "aws" {
  region = "eu-central-1"
}

resource "aws_efs_file_system" "unset" {
  throughput_mode = "elastic"
}

resource "aws_efs_file_system" "off" {
  encrypted = false
}
