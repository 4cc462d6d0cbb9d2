provider "aws" {
  region = "eu-central-1"
}

resource "aws_route53_record" "stable" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.shop.example.com"
  type           = "CNAME"
  ttl            = 60
  records        = ["stable.shop.example.com"]
  set_identifier = "stable"

  weighted_routing_policy {
    weight = 95
  }
}

resource "aws_route53_record" "canary" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.shop.example.com"
  type           = "CNAME"
  ttl            = 60
  records        = ["canary.shop.example.com"]
  set_identifier = "canary"

  weighted_routing_policy {
    weight = 5
  }
}
