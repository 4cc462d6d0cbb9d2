moved {
  from = aws_sqs_queue.orders
  to   = aws_sqs_queue.order
}

resource "aws_sqs_queue" "order" {
  for_each                   = toset(["eu", "us", "jp"])
  name                       = "orders-${each.key}"
  visibility_timeout_seconds = each.key == "jp" ? 60 : 30
}
