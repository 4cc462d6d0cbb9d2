provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "dublin"
  region = "eu-west-1"
}

resource "aws_kms_key" "data" {
  description  = "Orders"
  multi_region = true
}

resource "aws_kms_replica_key" "data" {
  provider        = aws.dublin
  primary_key_arn = aws_kms_key.data.arn
}

resource "aws_sqs_queue" "orders" {
  provider          = aws.dublin
  name              = "orders"
  kms_master_key_id = aws_kms_replica_key.data.arn
}

resource "aws_cloudwatch_log_group" "orders" {
  name       = "orders"
  kms_key_id = aws_kms_key.data.arn
}
