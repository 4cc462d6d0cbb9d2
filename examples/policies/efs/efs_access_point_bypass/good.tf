provider "aws" {
  region = "eu-central-1"
}

resource "aws_efs_file_system" "files" {
  encrypted = true
}

resource "aws_efs_access_point" "reports" {
  file_system_id = aws_efs_file_system.files.id

  root_directory {
    path = "/reports"
  }
}

data "aws_iam_policy_document" "reports" {
  # remedy
  statement {
    actions   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    resources = [aws_efs_file_system.files.arn]

    condition {
      test     = "StringEquals"
      variable = "elasticfilesystem:AccessPointArn"
      values   = [aws_efs_access_point.reports.arn]
    }
  }
  # end remedy
}

resource "aws_iam_role_policy" "reports" {
  role   = "reports"
  policy = data.aws_iam_policy_document.reports.json
}
