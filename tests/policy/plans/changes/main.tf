# A plan over an existing state: one resource is replaced, one deleted, one moved, one updated, one left alone.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

moved {
  from = aws_cloudwatch_log_group.old_name
  to   = aws_cloudwatch_log_group.new_name
}

resource "aws_cloudwatch_log_group" "replaced" {
  name = "/app/after"
}

resource "aws_cloudwatch_log_group" "new_name" {
  name = "/app/moved"
}

resource "aws_cloudwatch_log_group" "updated" {
  name              = "/app/updated"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "untouched" {
  name = "/app/untouched"
}
