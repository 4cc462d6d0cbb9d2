variable "environment" {
  type = string
}

terraform {
  backend "s3" {
    bucket       = "acme-prod-terraform-state"
    key          = "${var.environment}/network.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }
}
