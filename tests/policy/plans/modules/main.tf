# Provider aliases, handed to modules, renamed, inherited, and configured inside one; modules with count and for_each.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "region" {
  default = "eu-west-1"
}

variable "owner" {
  default = "platform"
}

provider "aws" {
  region                      = var.region
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true

  default_tags {
    tags = {
      Environment = "test"
      Owner       = var.owner
    }
  }
}

provider "aws" {
  alias                       = "west"
  region                      = "us-west-2"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "aws_sqs_queue" "west" {
  provider = aws.west
  count    = 2
  name     = "west-${count.index}"
}

module "inherits" {
  source = "./queue"
  name   = "inherits"
}

module "each" {
  source    = "./queue"
  for_each  = toset(["a", "b.c"])
  name      = replace(each.key, ".", "-")
  providers = { aws = aws.west }
}

module "outer" {
  source    = "./outer"
  count     = 1
  providers = { aws.there = aws.west }
}

module "own" {
  source = "./own"
  region = "eu-central-1"
}
