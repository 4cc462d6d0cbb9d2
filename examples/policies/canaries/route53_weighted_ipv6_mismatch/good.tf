provider "aws" {
  region = "eu-central-1"
}

resource "aws_route53_record" "stable_a" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.shop.example.com"
  type           = "A"
  ttl            = 60
  records        = ["192.0.2.1"]
  set_identifier = "stable"

  weighted_routing_policy {
    weight = 95
  }
}

resource "aws_route53_record" "canary_a" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.shop.example.com"
  type           = "A"
  ttl            = 60
  records        = ["192.0.2.1"]
  set_identifier = "canary"

  weighted_routing_policy {
    weight = 5
  }
}

resource "aws_route53_record" "stable_aaaa" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.shop.example.com"
  type           = "AAAA"
  ttl            = 60
  records        = ["2001:db8::1"]
  set_identifier = "stable"

  weighted_routing_policy {
    weight = 190
  }
}

resource "aws_route53_record" "canary_aaaa" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.shop.example.com"
  type           = "AAAA"
  ttl            = 60
  records        = ["2001:db8::1"]
  set_identifier = "canary"

  weighted_routing_policy {
    weight = 10
  }
}
