terraform {
  backend "s3" {
    bucket = "acme-state"
    region = "eu-west-1"
  }
}
