# Another key makes another table, and the queue is gone from the configuration.
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "order_id"

  attribute {
    name = "order_id"
    type = "S"
  }
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/shop/orders"
}
