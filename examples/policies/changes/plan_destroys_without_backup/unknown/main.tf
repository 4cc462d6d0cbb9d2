# Whether AWS Backup has a copy of what was uploaded, no plan tells.
resource "aws_efs_file_system" "uploads" {
  creation_token = "shop-uploads"
}
