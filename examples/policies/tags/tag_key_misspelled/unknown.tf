variable "tags" {
  type = map(string)
}

provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = var.tags
  }
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
  tags   = var.tags
}
