terraform {
  required_version = ">= 1.10"
}

# ListenerCanary front

resource "aws_lb_listener" "front" {
  port              = 443
  protocol          = "TCP"
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/web/50dc6c495c0c9188"

  default_action {
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
}
