terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    key          = "prod/web.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }
}

variable "region" {
  type = string
}

provider "aws" {
  region = var.region
}

resource "aws_s3_bucket" "state" {
  bucket = "acme-terraform-state"
}
