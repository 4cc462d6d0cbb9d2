# The resource was renamed, and nothing says so: every queue is deleted and made again.
resource "aws_sqs_queue" "order" {
  for_each = toset(["eu", "us", "jp"])
  name     = "orders-${each.key}"
}
