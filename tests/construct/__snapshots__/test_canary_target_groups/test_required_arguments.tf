terraform {
  required_version = ">= 1.10"
}

# TargetGroupCanary checkout

resource "aws_lb_listener_rule" "checkout" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2"
  priority     = 10

  action {
    type = "forward"

    forward {
      target_group {
        arn    = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/blue/6d0ecf831eec9f09"
        weight = 95
      }

      target_group {
        arn    = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/green/73e2d6bc24d8a067"
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
