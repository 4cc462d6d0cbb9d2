moved {
  from = aws_sqs_queue.orders
  to   = aws_sqs_queue.order
}
