# A function without a reference: Terraform rejects it here, OpenTofu allows it.
terraform {
  backend "s3" {
    bucket       = "acme-prod-terraform-state"
    key          = file("state-key.txt")
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }
}
