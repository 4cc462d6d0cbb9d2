data "aws_iam_policy_document" "volumes" {
  statement {
    actions   = ["ec2:CreateVolume"]
    resources = ["arn:aws:ec2:*:*:volume/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/Team"
      values   = ["builder"]
    }
  }
}

resource "aws_iam_policy" "volumes" {
  name   = "volumes"
  policy = data.aws_iam_policy_document.volumes.json
}

data "aws_iam_policy_document" "files" {
  statement {
    actions   = ["elasticfilesystem:CreateFileSystem"]
    resources = ["*"]

    condition {
      test     = "Null"
      variable = "aws:RequestTag/Owner"
      values   = ["false"]
    }
  }
}

resource "aws_iam_policy" "files" {
  name   = "files"
  policy = data.aws_iam_policy_document.files.json
}
