variable "excluded" {
  description = "ARNs that the reader must not read."
  type        = list(string)
}

# The allowed resources are unknown: with `*` in the variable, there are none.
data "aws_iam_policy_document" "reader" {
  statement {
    actions       = ["s3:GetObject"]
    not_resources = var.excluded
  }
}

resource "aws_iam_policy" "reader" {
  name   = "reader"
  policy = data.aws_iam_policy_document.reader.json
}
