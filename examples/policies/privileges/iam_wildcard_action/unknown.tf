variable "actions" {
  description = "Actions of the deployment role."
  type        = list(string)
}

variable "extra_policy" {
  description = "Policy document in JSON."
  type        = string
}

# The document is unknown.
resource "aws_iam_policy" "deploy" {
  name = "deploy"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = var.actions, Resource = "arn:aws:s3:::acme-releases/*" }]
  })
}

resource "aws_iam_policy" "extra" {
  name   = "extra"
  policy = var.extra_policy
}

# No resource of this stack uses the document; its principals are unknown.
data "aws_iam_policy_document" "output" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
}

output "policy" {
  value = data.aws_iam_policy_document.output.json
}
