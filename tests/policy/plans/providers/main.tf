# Modules without resources: Terraform names the provider of a resource in a module below them only if it is passed.
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

provider "aws" {
  alias                       = "west"
  region                      = "us-west-2"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

module "inherits" {
  source = "./inner"
}

module "passed" {
  source    = "./inner"
  providers = { aws = aws.west }
}

module "inherits_deeper" {
  source = "./outer"
}

module "passed_deeper" {
  source    = "./outer"
  providers = { aws = aws.west }
}
