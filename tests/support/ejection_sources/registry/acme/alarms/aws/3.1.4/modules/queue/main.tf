variable "name" {
  type = string
}

resource "aws_sqs_queue" "this" {
  name       = var.name
  fifo_queue = endswith(var.name, ".fifo")
}

output "arn" {
  value = aws_sqs_queue.this.arn
}
