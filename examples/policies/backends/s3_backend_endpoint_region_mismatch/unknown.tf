terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    key          = "prod/network.tfstate"
    encrypt      = true
    use_lockfile = true

    endpoints = {
      s3 = "https://s3.eu-west-1.amazonaws.com"
    }
  }
}
