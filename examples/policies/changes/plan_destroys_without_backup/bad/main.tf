# Terraform destroys the cluster by the arguments in the state, so the new ones are too late. A changed `bucket` forces a replacement.
resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "shop-orders"
  engine                      = "aurora-postgresql"
  availability_zones          = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  master_username             = "keeper"
  manage_master_user_password = true
  skip_final_snapshot         = false
  final_snapshot_identifier   = "orders-final"
}

resource "aws_s3_bucket" "reports" {
  bucket = "acme-shop-reports"
}
