provider "aws" {
  region  = "eu-central-1"
  profile = "deployment"
}

provider "aws" {
  alias                       = "emulator"
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
}

resource "terraform_data" "deployed" {}
