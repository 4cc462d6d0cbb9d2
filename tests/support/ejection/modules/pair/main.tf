terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.other]
    }
  }
}
variable "color" { type = string }
variable "names" { type = list(string) }
variable "password" {
  type      = string
  default   = "secret"
  sensitive = true
}

resource "aws_sns_topic" "this" {
  count = length(var.names)
  name  = "${var.color}-${var.names[count.index]}"
}

resource "aws_sns_topic" "copy" {
  provider = aws.other
  for_each = toset(var.names)
  name     = "${var.color}-${each.value}"
}

resource "aws_ssm_parameter" "password" {
  name  = "/password/${var.color}"
  type  = "SecureString"
  value = var.password

  lifecycle {
    ignore_changes = [tags]
    precondition {
      condition     = length(var.names) > 1
      error_message = "Too few."
    }
  }
}

resource "terraform_data" "names" {
  input            = { names = var.names, upper = [for name in var.names : upper(name)] }
  triggers_replace = sort(var.names)
}

resource "aws_security_group" "this" {
  name = var.color
  dynamic "ingress" {
    for_each = { for port in [80, 443] : "p${port}" => port }
    iterator = rule
    content {
      description = rule.key
      from_port   = rule.value
      to_port     = rule.value
      protocol    = "tcp"
      cidr_blocks = ["10.0.0.0/8"]
    }
  }
}

output "first" { value = aws_sns_topic.this[0].arn }
output "secrets" {
  value     = aws_ssm_parameter.password.value
  sensitive = true
}
