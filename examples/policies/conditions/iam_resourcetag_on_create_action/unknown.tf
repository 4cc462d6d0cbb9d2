variable "action" {
  description = "What the team may do to its functions."
  type        = string
}

data "aws_iam_policy_document" "functions" {
  statement {
    actions   = [var.action]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Team"
      values   = ["&{aws:PrincipalTag/Team}"]
    }
  }
}

resource "aws_iam_policy" "functions" {
  name   = "functions"
  policy = data.aws_iam_policy_document.functions.json
}
