provider "aws" {
  region = "eu-central-1"
}

variable "tags" {
  type = map(string)
}

variable "owner" {
  type = string
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
  tags   = var.tags
}

# Both keys are set; unknown values do not matter.
resource "aws_sns_topic" "orders" {
  name = "orders"

  tags = {
    Environment = "prod"
    Owner       = var.owner
  }
}

# A plan does not know these tags either.
resource "terraform_data" "tags" {
  input = { Environment = "prod", Owner = "platform" }
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
  tags = terraform_data.tags.output
}
