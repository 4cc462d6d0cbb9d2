provider "aws" {
  region = "eu-central-1"
}

# remedy
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
# end remedy

resource "aws_lb_target_group" "canary" {
  name     = "canary"
  port     = 8443
  protocol = "HTTPS"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_listener_rule" "checkout" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/front/0123456789abcdef/0123456789abcdef"

  action {
    type = "forward"

    forward {
      target_group {
        arn    = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/stable/0123456789abcdef"
        weight = 95
      }

      target_group {
        arn    = aws_lb_target_group.canary.arn
        weight = 5
      }
    }
  }

  condition {
    path_pattern {
      values = ["/checkout/*"]
    }
  }
}
