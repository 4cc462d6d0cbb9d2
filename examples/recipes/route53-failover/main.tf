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

resource "aws_route53_zone" "shop" {
  name = "shop.example.com"
}

resource "aws_route53_record" "eu_west_1" {
  zone_id = aws_route53_zone.shop.id
  name    = "eu-west-1.shop.example.com"
  type    = "A"

  alias {
    zone_id                = "Z32O12XQLNTSW2"
    name                   = "shop-1234567890.eu-west-1.elb.amazonaws.com"
    evaluate_target_health = true
  }
}

resource "aws_route53_health_check" "eu_west_1" {
  type              = "HTTPS"
  port              = 443
  failure_threshold = 3
  fqdn              = "eu-west-1.shop.example.com"
  request_interval  = 10
  resource_path     = "/healthz"

  tags = {
    Name = "shop-eu-west-1"
  }
}

resource "aws_route53_record" "latency_eu_west_1" {
  zone_id         = aws_route53_zone.shop.id
  name            = "nearest.shop.example.com"
  type            = "A"
  health_check_id = aws_route53_health_check.eu_west_1.id
  set_identifier  = "eu-west-1"

  alias {
    zone_id                = "Z32O12XQLNTSW2"
    name                   = "shop-1234567890.eu-west-1.elb.amazonaws.com"
    evaluate_target_health = true
  }

  latency_routing_policy {
    region = "eu-west-1"
  }
}

resource "aws_route53_record" "eu_central_1" {
  zone_id = aws_route53_zone.shop.id
  name    = "eu-central-1.shop.example.com"
  type    = "A"

  alias {
    zone_id                = "Z215JYRZR1TBD5"
    name                   = "shop-0987654321.eu-central-1.elb.amazonaws.com"
    evaluate_target_health = true
  }
}

resource "aws_route53_health_check" "eu_central_1" {
  type              = "HTTPS"
  port              = 443
  failure_threshold = 3
  fqdn              = "eu-central-1.shop.example.com"
  request_interval  = 10
  resource_path     = "/healthz"

  tags = {
    Name = "shop-eu-central-1"
  }
}

resource "aws_route53_record" "latency_eu_central_1" {
  zone_id         = aws_route53_zone.shop.id
  name            = "nearest.shop.example.com"
  type            = "A"
  health_check_id = aws_route53_health_check.eu_central_1.id
  set_identifier  = "eu-central-1"

  alias {
    zone_id                = "Z215JYRZR1TBD5"
    name                   = "shop-0987654321.eu-central-1.elb.amazonaws.com"
    evaluate_target_health = true
  }

  latency_routing_policy {
    region = "eu-central-1"
  }
}

resource "aws_route53_record" "primary" {
  zone_id        = aws_route53_zone.shop.id
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "primary"

  alias {
    zone_id                = aws_route53_zone.shop.id
    name                   = "nearest.shop.example.com"
    evaluate_target_health = true
  }

  failover_routing_policy {
    type = "PRIMARY"
  }
}

resource "aws_route53_record" "secondary" {
  zone_id        = aws_route53_zone.shop.id
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "secondary"

  alias {
    zone_id                = "Z2FDTNDATAQYW2"
    name                   = "d111111abcdef8.cloudfront.net"
    evaluate_target_health = false
  }

  failover_routing_policy {
    type = "SECONDARY"
  }
}
