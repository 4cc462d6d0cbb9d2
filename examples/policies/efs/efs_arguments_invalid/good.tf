provider "aws" {
  region = "eu-central-1"
}

resource "aws_efs_file_system" "provisioned" {
  throughput_mode                 = "provisioned"
  provisioned_throughput_in_mibps = 16
}

# remedy
resource "aws_efs_access_point" "reports" {
  file_system_id = "fs-0123456789abcdef0"

  posix_user {
    uid = 1000
    gid = 1000
  }

  root_directory {
    path = "/teams/finance/reports/2026"

    creation_info {
      owner_uid   = 1000
      owner_gid   = 1000
      permissions = "0750"
    }
  }
}
# end remedy
