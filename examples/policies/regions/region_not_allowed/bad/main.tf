provider "aws" {
  region = "us-west-1"
}

provider "aws" {
  alias  = "frankfurt"
  region = "eu-central-1"
}
