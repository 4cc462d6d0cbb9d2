# Any AWS account can launch instances from the image, and read its disk.
resource "aws_ami_launch_permission" "base" {
  image_id = "ami-0123456789abcdef0"
  group    = "all"
}

# Any AWS account can restore the database.
resource "aws_db_snapshot" "orders" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-2024"
  shared_accounts        = ["all"]
}

resource "aws_ssm_document" "setup" {
  name          = "setup"
  document_type = "Command"
  content       = jsonencode({ schemaVersion = "2.2", description = "Setup", mainSteps = [] })

  permissions = {
    type        = "Share"
    account_ids = "All"
  }
}
