# A plan does not contain the recovery points of AWS Backup.
resource "aws_efs_file_system" "uploads" {
  creation_token = "shop-uploads"
}
