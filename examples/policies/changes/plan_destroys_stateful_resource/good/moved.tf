moved {
  from = aws_sqs_queue.returns
  to   = aws_sqs_queue.sent_back
}
