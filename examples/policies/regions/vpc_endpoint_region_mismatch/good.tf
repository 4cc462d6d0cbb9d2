provider "aws" {
  region = "eu-central-1"
}

data "aws_region" "current" {}

resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-0123456789abcdef0"
  service_name = "com.amazonaws.${data.aws_region.current.name}.s3"
}

# A service in another Region, which `service_region` sets.
resource "aws_vpc_endpoint" "partner" {
  vpc_id            = "vpc-0123456789abcdef0"
  vpc_endpoint_type = "Interface"
  service_name      = "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"
  service_region    = "us-east-1"
}
