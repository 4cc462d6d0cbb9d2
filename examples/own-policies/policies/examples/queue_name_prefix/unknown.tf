variable "team" {
  type = string
}

resource "aws_sqs_queue" "jobs" {
  name = "${var.team}-jobs"
}
