variable "center" {
  type = string
}

resource "aws_sqs_queue" "jobs" {
  tags = {
    CostCenter = var.center
  }
}
