resource "aws_ami_launch_permission" "base" {
  image_id   = "ami-0123456789abcdef0"
  account_id = "444455556666"
}

resource "aws_db_snapshot" "orders" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-2024"
  shared_accounts        = ["444455556666"]
}

resource "aws_ssm_document" "setup" {
  name          = "setup"
  document_type = "Command"
  content       = jsonencode({ schemaVersion = "2.2", description = "Setup", mainSteps = [] })

  permissions = {
    type        = "Share"
    account_ids = "444455556666"
  }
}
