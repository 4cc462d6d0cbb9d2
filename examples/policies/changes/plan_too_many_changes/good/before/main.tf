resource "aws_sqs_queue" "orders" {
  for_each = toset(["eu", "us", "jp"])
  name     = "orders-${each.key}"
}
