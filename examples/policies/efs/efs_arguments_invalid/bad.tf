provider "aws" {
  region = "eu-central-1"
}

resource "aws_efs_file_system" "how_much" {
  throughput_mode = "provisioned"
}

resource "aws_efs_file_system" "old_and_new" {
  throughput_mode  = "elastic"
  performance_mode = "maxIO"
}

resource "aws_efs_access_point" "reports" {
  file_system_id = "fs-0123456789abcdef0"

  posix_user {
    uid = 4294967296
    gid = 1000
  }

  root_directory {
    path = "teams/finance/reports/2026/november"

    creation_info {
      owner_uid   = 1000
      owner_gid   = 1000
      permissions = "rwx"
    }
  }
}
