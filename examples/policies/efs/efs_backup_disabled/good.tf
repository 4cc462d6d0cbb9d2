provider "aws" {
  region = "eu-central-1"
}

resource "aws_efs_file_system" "files" {
  encrypted = true
}

# remedy
resource "aws_efs_backup_policy" "files" {
  file_system_id = aws_efs_file_system.files.id

  backup_policy {
    status = "ENABLED"
  }
}
# end remedy
