terraform {
  backend "s3" {
    bucket       = "acme-prod-terraform-state"
    key          = "prod/network.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true

    assume_role = {
      role_arn     = "arn:aws:iam::123456789012:role/terraform-state"
      session_name = "network"
    }
  }
}
