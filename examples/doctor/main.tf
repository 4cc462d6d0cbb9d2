terraform {
  backend "s3" {
    bucket       = "acme-web-state"
    key          = "prod/web.tfstate"
    region       = "us-east-1"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = "eu-west-1"
}
