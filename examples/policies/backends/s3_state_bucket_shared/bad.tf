terraform {
  backend "s3" {
    bucket       = "acme-prod-terraform-state"
    key          = "dev/network.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }
}
