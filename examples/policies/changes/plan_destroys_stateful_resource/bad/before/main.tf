resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_sqs_queue" "returns" {
  name = "returns"
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/orders"
}
