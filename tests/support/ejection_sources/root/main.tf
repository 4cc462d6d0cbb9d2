terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

module "queue" {
  source   = "acme/alarms/aws//modules/queue"
  version  = "3.1.4"
  for_each = toset(["orders", "payments"])
  name     = each.key
}

module "alarms" {
  source  = "acme/alarms/aws"
  version = ">= 3.0, < 4.0"
  name    = "shop"
  queues  = { for name, queue in module.queue : name => queue.arn }
}

module "parameter" {
  source = "git::file://REPOSITORY//modules/parameter?ref=v1.0.0"
  name   = "alarms"
  value  = module.alarms.arn
}

module "reader" {
  source = "./modules/reader"
  queues = values(module.queue)[*].arn
}

output "alarms" {
  value = module.alarms.arn
}

output "reader" {
  value = module.reader.arn
}
