variable "senders" {
  description = "ARNs of the principals that send orders."
  type        = list(string)
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/111122223333/orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = var.senders }
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:eu-central-1:111122223333:orders"
    }]
  })
}
