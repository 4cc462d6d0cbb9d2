terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    key          = "prod/network.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true

    endpoints = {
      s3 = "https://s3.eu-west-1.amazonaws.com"
    }
  }
}
