variable "actions" {
  description = "What the deployer may do."
  type        = list(string)
}

variable "extra_policy" {
  description = "A policy document in JSON."
  type        = string
}

# Nobody can tell what the variable holds.
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

# Who takes this document is not in view, so whether it grants anything is not either.
data "aws_iam_policy_document" "output" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
}

output "policy" {
  value = data.aws_iam_policy_document.output.json
}
