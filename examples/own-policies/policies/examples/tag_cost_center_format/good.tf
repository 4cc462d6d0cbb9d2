resource "aws_sqs_queue" "jobs" {
  tags = {
    CostCenter = "CC-1234"
  }
}

resource "aws_sqs_queue" "untagged" {
  name = "untagged"
}
