provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Application = "shop"
      CostCenter  = "cc-1001"
      Environment = "prod"
      Owner       = "platform"
      Repository  = "acme/shop"
      Team        = "checkout"
    }
  }
}

# Eleven tags including the default tags; an object has at most ten.
resource "aws_s3_object" "report" {
  bucket  = "acme-reports"
  key     = "report.csv"
  content = "day,orders"

  tags = {
    Confidential = "no"
    Format       = "csv"
    Period       = "day"
    Retention    = "year"
    Source       = "orders"
  }
}

resource "aws_sqs_queue" "orders" {
  name = "orders"

  tags = {
    "aws:createdBy" = "terraform"
  }
}
