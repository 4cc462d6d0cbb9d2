module "vpc" {
  source  = "app.terraform.io/acme/vpc/aws"
  version = "2.1.0"
}
