provider "aws" {
  region = "eu-central-1"
}

variable "tags" {
  type = map(string)
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
  tags = var.tags
}
