provider "aws" {
  region = "eu-central-1"
}

resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.t4g.micro"
  allocated_storage = 20
  username          = "orders"
  password          = "correct-horse-battery"
}

resource "aws_ssm_parameter" "api_key" {
  name  = "/orders/api-key"
  type  = "SecureString"
  value = "k-3f9a1c"
}
