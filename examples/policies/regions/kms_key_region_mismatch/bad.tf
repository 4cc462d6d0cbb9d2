provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "dublin"
  region = "eu-west-1"
}

resource "aws_kms_key" "data" {
  description = "Orders"
}

resource "aws_sqs_queue" "orders" {
  provider          = aws.dublin
  name              = "orders"
  kms_master_key_id = aws_kms_key.data.arn
}

resource "aws_cloudwatch_log_group" "orders" {
  name       = "orders"
  kms_key_id = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
