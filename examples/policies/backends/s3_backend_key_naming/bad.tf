terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    key          = "final-final-v3"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }
}
