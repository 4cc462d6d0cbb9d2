provider "aws" {
  region = "eu-central-1"
}

variable "stage" {
  type = string
}

resource "aws_s3_bucket" "reports" {
  bucket = "example-reports-${var.stage}"
}
