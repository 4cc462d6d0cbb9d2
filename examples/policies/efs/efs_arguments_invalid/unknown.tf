provider "aws" {
  region = "eu-central-1"
}

resource "terraform_data" "path" {
  input = "/reports"
}

resource "aws_efs_access_point" "reports" {
  file_system_id = "fs-0123456789abcdef0"

  root_directory {
    path = terraform_data.path.output
  }
}
