provider "aws" {
  region = "eu-central-1"
}

module "vpc" {
  source = "terraform-aws-modules/vpc/aws"
}

module "network" {
  source = "git::https://example.com/network.git?ref=main"
}
