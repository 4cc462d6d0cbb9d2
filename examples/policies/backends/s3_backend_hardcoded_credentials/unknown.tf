# `terraform init -backend-config=prod.s3.tfbackend` sets the other arguments, perhaps credentials.
terraform {
  backend "s3" {
    key     = "prod/network.tfstate"
    encrypt = true
  }
}
