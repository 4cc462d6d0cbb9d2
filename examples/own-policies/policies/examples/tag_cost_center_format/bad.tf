resource "aws_sqs_queue" "jobs" {
  tags = {
    CostCenter = "1234"
  }
}
