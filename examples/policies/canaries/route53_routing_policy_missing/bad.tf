provider "aws" {
  region = "eu-central-1"
}

resource "aws_route53_record" "checkout" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "checkout.example.com"
  type           = "CNAME"
  ttl            = 60
  records        = ["stable.example.com"]
  set_identifier = "stable"
}
