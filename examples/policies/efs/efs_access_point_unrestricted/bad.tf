provider "aws" {
  region = "eu-central-1"
}

resource "aws_efs_access_point" "whole" {
  file_system_id = "fs-0123456789abcdef0"
}

resource "aws_efs_access_point" "root" {
  file_system_id = "fs-0123456789abcdef0"

  posix_user {
    uid = 0
    gid = 0
  }

  root_directory {
    path = "/reports"

    creation_info {
      owner_uid   = 0
      owner_gid   = 0
      permissions = "777"
    }
  }
}
