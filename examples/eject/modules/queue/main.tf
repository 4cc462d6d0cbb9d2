# A module with a condition for everyone.
variable "name" {
  type = string
}

variable "dead_letter_queue" {
  type    = bool
  default = true
}

variable "tags" {
  type    = map(string)
  default = {}
}

resource "aws_sqs_queue" "dead_letters" {
  count = var.dead_letter_queue ? 1 : 0

  name                      = "${var.name}-dead-letters"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

resource "aws_sqs_queue" "this" {
  name                    = var.name
  sqs_managed_sse_enabled = true

  redrive_policy = var.dead_letter_queue ? jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters[0].arn
    maxReceiveCount     = 5
  }) : null

  tags = merge(var.tags, { Module = "queue" })
}

output "arn" {
  value = aws_sqs_queue.this.arn
}
