# The resource is renamed without a `moved` block: every queue is deleted and created again.
resource "aws_sqs_queue" "order" {
  for_each = toset(["eu", "us", "jp"])
  name     = "orders-${each.key}"
}
