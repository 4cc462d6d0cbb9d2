provider "aws" {
  region = "eu-central-1"
}

resource "aws_sqs_queue" "invoices" {
  name = "invoices"
}

resource "aws_lambda_function" "invoices" {
  function_name = "invoices"
  role          = "arn:aws:iam::123456789012:role/invoices"
  runtime       = "python3.13"
  handler       = "invoices.handler"
  s3_bucket     = "example-artifacts"
  s3_key        = "invoices/7c1f2ab.zip"
  timeout       = 60
}

resource "aws_lambda_event_source_mapping" "invoices" {
  event_source_arn = aws_sqs_queue.invoices.arn
  function_name    = aws_lambda_function.invoices.arn
}
