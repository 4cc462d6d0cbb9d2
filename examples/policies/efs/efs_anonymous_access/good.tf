provider "aws" {
  region = "eu-central-1"
}

resource "aws_efs_file_system" "files" {
  encrypted = true
}

# remedy
data "aws_iam_policy_document" "files" {
  statement {
    effect    = "Deny"
    actions   = ["elasticfilesystem:Client*"]
    resources = [aws_efs_file_system.files.arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_efs_file_system_policy" "files" {
  file_system_id = aws_efs_file_system.files.id
  policy         = data.aws_iam_policy_document.files.json
}
# end remedy
