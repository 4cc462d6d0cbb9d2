variable "certificate_arn" {
  type = string
}

provider "aws" {
  region = "eu-central-1"
}

resource "aws_lb_listener_certificate" "api" {
  listener_arn    = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/api/1234567890abcdef/1234567890abcdef"
  certificate_arn = var.certificate_arn
}
