variable "environment" {
  type = string
}

resource "aws_db_instance" "orders" {
  instance_class = "db.r7g.large"

  tags = {
    Environment = var.environment
  }
}
