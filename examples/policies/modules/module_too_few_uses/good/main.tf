provider "aws" {
  region = "eu-central-1"
}

module "orders" {
  source = "./queue"
  name   = "orders"
}

module "returns" {
  source = "./queue"
  name   = "returns"
}

module "mail" {
  source = "./queue"
  name   = "mail"
}
