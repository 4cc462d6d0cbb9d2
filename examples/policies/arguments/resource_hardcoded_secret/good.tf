provider "aws" {
  region = "eu-central-1"
}

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "orders"
  manage_master_user_password = true
}

resource "terraform_data" "api_key" {
  input = "made-elsewhere"
}

resource "aws_ssm_parameter" "api_key" {
  name  = "/orders/api-key"
  type  = "SecureString"
  value = terraform_data.api_key.output
}
