provider "aws" {
  region = "eu-central-1"
}

resource "aws_route53_record" "stable" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.shop.example.com"
  type           = "CNAME"
  ttl            = 300
  records        = ["stable.shop.example.com"]
  set_identifier = "stable"

  weighted_routing_policy {
    weight = 5
  }
}

resource "aws_route53_record" "canary" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.shop.example.com"
  type           = "CNAME"
  ttl            = 60
  records        = ["canary.shop.example.com"]
  set_identifier = "stable"

  weighted_routing_policy {
    weight = 5
  }
}

resource "aws_route53_record" "old" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "web.shop.example.com"
  type    = "CNAME"
  ttl     = 60
  records = ["old.shop.example.com"]
}

resource "aws_route53_record" "new" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "web.shop.example.com"
  type           = "CNAME"
  ttl            = 60
  records        = ["new.shop.example.com"]
  set_identifier = "new"

  weighted_routing_policy {
    weight = 5
  }
}
