# The rest comes from `terraform init -backend-config=prod.s3.tfbackend`, maybe a lock of one kind or the other.
terraform {
  backend "s3" {
    key     = "prod/network.tfstate"
    encrypt = true
  }
}
