variable "key_arn" {
  type = string
}

provider "aws" {
  region = "eu-central-1"
}

resource "aws_sqs_queue" "orders" {
  name              = "orders"
  kms_master_key_id = var.key_arn
}
