terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

resource "aws_globalaccelerator_accelerator" "shop" {
  name            = "shop"
  ip_address_type = "IPV4"

  attributes {
    flow_logs_enabled   = true
    flow_logs_s3_bucket = "example-prod-accelerator-logs"
    flow_logs_s3_prefix = "shop/"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_globalaccelerator_listener" "https" {
  protocol        = "TCP"
  accelerator_arn = aws_globalaccelerator_accelerator.shop.arn

  port_range {
    from_port = 443
    to_port   = 443
  }
}

resource "aws_globalaccelerator_endpoint_group" "eu_west_1" {
  endpoint_group_region   = "eu-west-1"
  listener_arn            = aws_globalaccelerator_listener.https.arn
  traffic_dial_percentage = 100

  endpoint_configuration {
    client_ip_preservation_enabled = true
    endpoint_id                    = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"
  }
}

resource "aws_globalaccelerator_endpoint_group" "eu_central_1" {
  endpoint_group_region   = "eu-central-1"
  listener_arn            = aws_globalaccelerator_listener.https.arn
  traffic_dial_percentage = 100

  endpoint_configuration {
    client_ip_preservation_enabled = true
    endpoint_id                    = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/f36cb1cf5ad9a6ab"
  }
}

resource "aws_route53_record" "shop" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "shop.example.com"
  type    = "A"

  alias {
    zone_id                = aws_globalaccelerator_accelerator.shop.hosted_zone_id
    name                   = aws_globalaccelerator_accelerator.shop.dns_name
    evaluate_target_health = false
  }
}
