terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "region" {}

provider "aws" {
  region                      = var.region
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "aws_sqs_queue" "this" {
  name = "own"
}
