resource "aws_db_instance" "orders" {
  instance_class = "db.r7g.large"
  multi_az       = true

  tags = {
    Environment = "prod"
  }
}

resource "aws_db_instance" "test" {
  instance_class = "db.t4g.micro"

  tags = {
    Environment = "test"
  }
}
