provider "aws" {
  region = "eu-central-1"
}

resource "aws_lb" "green" {
  name               = "green"
  internal           = true
  load_balancer_type = "application"
  subnets            = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
}

# remedy
resource "aws_route53_record" "blue" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.shop.example.com"
  type           = "A"
  ttl            = 60
  records        = ["192.0.2.95"]
  set_identifier = "blue"

  weighted_routing_policy {
    weight = 95
  }
}
# end remedy

resource "aws_route53_record" "green" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.shop.example.com"
  type           = "A"
  set_identifier = "green"

  alias {
    zone_id                = aws_lb.green.zone_id
    name                   = aws_lb.green.dns_name
    evaluate_target_health = true
  }

  weighted_routing_policy {
    weight = 5
  }
}
