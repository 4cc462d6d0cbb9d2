provider "aws" {
  region = "eu-central-1"
}

resource "aws_lb_target_group" "stable" {
  name     = "stable"
  port     = 8443
  protocol = "HTTPS"
  vpc_id   = "vpc-0123456789abcdef0"
}

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
        arn    = aws_lb_target_group.stable.arn
        weight = 95
      }

      target_group {
        arn    = aws_lb_target_group.canary.arn
        weight = 5000
      }

      stickiness {
        enabled  = true
        duration = 1209600
      }
    }
  }

  condition {
    path_pattern {
      values = ["/checkout/*"]
    }
  }
}
