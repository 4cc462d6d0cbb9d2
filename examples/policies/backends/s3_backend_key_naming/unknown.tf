# Each environment sets its own key: `terraform init -backend-config="key=prod/network.tfstate"`.
terraform {
  backend "s3" {
    bucket       = "acme-terraform-state"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }
}
