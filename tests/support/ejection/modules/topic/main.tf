variable "name" { type = string }
variable "display" { type = string }
variable "tags" {
  type    = map(string)
  default = {}
}

data "aws_caller_identity" "current" {}

resource "aws_sns_topic" "this" {
  name         = var.name
  display_name = var.display
  tags         = merge({ Account = data.aws_caller_identity.current.account_id }, var.tags)
}

module "inner" {
  source = "../inner"
  topic  = aws_sns_topic.this.arn
  name   = var.name
}

output "arn" { value = aws_sns_topic.this.arn }
