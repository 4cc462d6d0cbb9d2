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

provider "aws" {
  region = "eu-central-1"
}

# remedy
resource "aws_dynamodb_table" "locks" {
  name         = "terraform-locks"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "LockID"

  attribute {
    name = "LockID"
    type = "S"
  }
}
# end remedy
