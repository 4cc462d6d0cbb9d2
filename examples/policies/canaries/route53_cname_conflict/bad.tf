provider "aws" {
  region = "eu-central-1"
}

resource "aws_route53_record" "shop" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "shop.example.com"
  type    = "CNAME"
  ttl     = 300
  records = ["shop.example.net"]
}

resource "aws_route53_record" "verification" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "shop.example.com"
  type    = "TXT"
  ttl     = 300
  records = ["verification=0123456789"]
}
