provider "aws" {
  region = "eu-central-1"
}

resource "aws_efs_access_point" "reports" {
  file_system_id = "fs-0123456789abcdef0"

  # remedy
  posix_user {
    uid = 1000
    gid = 1000
  }

  root_directory {
    path = "/reports"

    creation_info {
      owner_uid   = 1000
      owner_gid   = 1000
      permissions = "750"
    }
  }
  # end remedy
}
