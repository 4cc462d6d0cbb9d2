provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

# Other keys are not misspellings of the required ones.
resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"

  tags = {
    Name    = "logs"
    Origin  = "fluent-bit"
    OwnerId = "4711"
  }
}
