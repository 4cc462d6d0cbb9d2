# Runs that use the lock file and runs that use the lock table share the lock.
terraform {
  backend "s3" {
    bucket         = "acme-prod-terraform-state"
    key            = "prod/network.tfstate"
    region         = "eu-central-1"
    encrypt        = true
    use_lockfile   = true
    dynamodb_table = "terraform-locks"
  }
}
