provider "aws" {
  region = "eu-central-1"
}

variable "endpoint_type" {
  type = string
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.eu-central-1.s3"
  vpc_endpoint_type = var.endpoint_type

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::example-reports/*"
    }]
  })
}
