variable "topic" {
  type = string
}

variable "queue" {
  type = string
}

resource "aws_sns_topic_subscription" "this" {
  topic_arn = var.topic
  protocol  = "sqs"
  endpoint  = var.queue
}
