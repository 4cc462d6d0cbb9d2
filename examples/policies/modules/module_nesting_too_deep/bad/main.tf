provider "aws" {
  region = "eu-central-1"
}

module "service" {
  source = "./service"
}
