terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  backend "s3" {
    bucket = "acme-states"
    key    = "prod/shop.tfstate"
    region = "eu-west-1"
  }
}

provider "aws" {
  region = "eu-west-1"
}

data "terraform_remote_state" "network" {
  backend = "s3"

  config = {
    bucket = "acme-states"
    key    = "prod/network.tfstate"
    region = "eu-west-1"
  }
}

resource "aws_security_group" "tasks" {
  vpc_id = data.terraform_remote_state.network.outputs.vpc_id
}
