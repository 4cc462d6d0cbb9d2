# The rest comes from `terraform init -backend-config=prod.s3.tfbackend`, maybe with a role.
terraform {
  backend "s3" {
    key     = "prod/network.tfstate"
    encrypt = true
  }
}
