# Copied from the parent directory, with the key.
terraform {
  backend "s3" {
    bucket       = "acme-prod-terraform-state"
    key          = "prod/network.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }
}
