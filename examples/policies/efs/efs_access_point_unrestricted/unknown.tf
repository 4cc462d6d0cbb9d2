provider "aws" {
  region = "eu-central-1"
}

resource "terraform_data" "uid" {
  input = 1000
}

resource "aws_efs_access_point" "reports" {
  file_system_id = "fs-0123456789abcdef0"

  posix_user {
    uid = terraform_data.uid.output
    gid = 1000
  }

  root_directory {
    path = "/reports"
  }
}
