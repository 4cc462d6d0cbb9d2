provider "aws" {
  region = "eu-central-1"
}

variable "weights" {
  type = list(number)
}

resource "aws_route53_record" "checkout" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "checkout.example.com"
  type           = "CNAME"
  ttl            = 60
  records        = ["stable.example.com"]
  set_identifier = "stable"

  dynamic "weighted_routing_policy" {
    for_each = var.weights
    content {
      weight = weighted_routing_policy.value
    }
  }
}
