provider "aws" {
  region = "eu-central-1"
}

variable "environment" {
  type = string
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"

  tags = {
    Environment = var.environment
  }
}

# A plan does not know this value either.
resource "terraform_data" "cost_center" {
  input = "cc-1001"
}

resource "aws_sqs_queue" "orders" {
  name = "orders"

  tags = {
    CostCenter = terraform_data.cost_center.output
  }
}
