# The former name is `orders`: with the `moved` block in moved.tf no queue is deleted.
resource "aws_sqs_queue" "order" {
  for_each                   = toset(["eu", "us", "jp"])
  name                       = "orders-${each.key}"
  visibility_timeout_seconds = each.key == "jp" ? 60 : 30
}
