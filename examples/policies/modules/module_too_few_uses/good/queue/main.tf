variable "name" {
  type = string
}

resource "aws_sqs_queue" "main" {
  name = var.name
}
