terraform {
  required_version = ">= 1.10"
}

# DnsCanary api

resource "aws_route53_record" "api_stable_a" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.example.com"
  type           = "A"
  records        = ["192.0.2.1"]
  set_identifier = "stable"
  ttl            = 60

  weighted_routing_policy {
    weight = 95
  }
}

resource "aws_route53_record" "api_canary_a" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.example.com"
  type           = "A"
  records        = ["192.0.2.2"]
  set_identifier = "canary"
  ttl            = 60

  weighted_routing_policy {
    weight = 5
  }

  depends_on = [aws_route53_record.api_stable_a]
}
