# Terraform writes a plan file even where planning failed: it is not what will be deployed.
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

resource "aws_sqs_queue" "fine" {
  name = "fine"
}

resource "aws_sqs_queue" "wrong" {
  name = "not a queue name"
}
