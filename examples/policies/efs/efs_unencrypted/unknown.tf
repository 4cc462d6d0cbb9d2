provider "aws" {
  region = "eu-central-1"
}

resource "terraform_data" "encrypted" {
  input = true
}

resource "aws_efs_file_system" "files" {
  encrypted = terraform_data.encrypted.output
}
