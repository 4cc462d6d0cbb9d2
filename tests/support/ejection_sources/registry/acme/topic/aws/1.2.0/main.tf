variable "name" {
  type = string
}

variable "tags" {
  type    = map(string)
  default = {}
}

resource "aws_sns_topic" "this" {
  name            = var.name
  delivery_policy = file("${path.module}/delivery.json")
  tags            = merge(var.tags, { Module = "topic" })
}

output "arn" {
  value = aws_sns_topic.this.arn
}
