variable "queues" {
  type = list(string)
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["sqs:ReceiveMessage"]
    resources = var.queues
  }
}

resource "aws_iam_policy" "this" {
  name   = "reader"
  policy = data.aws_iam_policy_document.read.json
}

output "arn" {
  value = aws_iam_policy.this.arn
}
