resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }
}

# The former name is `returns`: see the `moved` block in moved.tf.
resource "aws_sqs_queue" "sent_back" {
  name                       = "returns"
  visibility_timeout_seconds = 60
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/shop/orders"
}
