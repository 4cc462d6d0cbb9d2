variable "readers" {
  description = "Accounts that can restore the snapshot."
  type        = list(string)
}

resource "aws_db_snapshot" "orders" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-2024"
  shared_accounts        = var.readers
}
