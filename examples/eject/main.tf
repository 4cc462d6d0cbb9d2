terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]
}

variable "environment" {
  type    = string
  default = "prod"
}

module "orders" {
  source = "./modules/queue"

  name = "orders-${var.environment}"
  tags = { Environment = var.environment, Owner = "platform" }
}

output "orders" {
  value = module.orders.arn
}
