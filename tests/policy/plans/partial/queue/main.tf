resource "aws_sqs_queue" "this" {
  name = "in-a-module"
}
