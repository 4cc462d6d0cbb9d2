provider "aws" {
  region = "eu-central-1"
}

module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.21"
}

module "network" {
  source = "git::https://example.com/network.git?ref=v1.4.2"
}
