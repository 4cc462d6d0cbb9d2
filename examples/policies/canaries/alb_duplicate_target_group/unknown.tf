provider "aws" {
  region = "eu-central-1"
}

variable "target_groups" {
  type = list(string)
}

resource "aws_lb_listener_rule" "checkout" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/front/0123456789abcdef/0123456789abcdef"

  action {
    type = "forward"

    forward {
      target_group {
        arn    = element(var.target_groups, 0)
        weight = 95
      }

      target_group {
        arn    = element(var.target_groups, 1)
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
