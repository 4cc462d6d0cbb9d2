# A changed `hash_key` forces a replacement, and the queue is no longer in the configuration.
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
