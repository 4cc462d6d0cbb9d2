# Planned with `-target=aws_sqs_queue.planned`: Terraform says that the plan is not complete.
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

resource "aws_sqs_queue" "planned" {
  name = "planned"
}

resource "aws_sqs_queue" "omitted" {
  name = "omitted"
}

resource "aws_sqs_queue" "none" {
  count = 0
  name  = "none"
}

module "queue" {
  source = "./queue"
}

module "queues" {
  source   = "./queue"
  for_each = {}
}
