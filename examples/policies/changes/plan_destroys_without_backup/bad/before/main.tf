resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders"
  engine                      = "aurora-postgresql"
  availability_zones          = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  master_username             = "keeper"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_s3_bucket" "reports" {
  bucket        = "acme-reports"
  force_destroy = true
}
