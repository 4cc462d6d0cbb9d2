terraform {
  backend "s3" {
    bucket       = "acme-prod-terraform-state"
    key          = "prod/network.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
    access_key   = "AKIAIOSFODNN7EXAMPLE"
    secret_key   = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  }
}
