provider "aws" {
  region = "eu-central-1"
}

module "network" {
  source     = "./network"
  cidr_block = "10.0.0.0/16"
}
