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

  # remedy
  statement {
    actions   = ["ec2:CreateTags"]
    resources = ["arn:aws:ec2:*:*:volume/*"]

    condition {
      test     = "StringEquals"
      variable = "ec2:CreateAction"
      values   = ["CreateVolume"]
    }
  }
  # end remedy
}

resource "aws_iam_policy" "volumes" {
  name   = "volumes"
  policy = data.aws_iam_policy_document.volumes.json
}

data "aws_iam_policy_document" "buckets" {
  statement {
    actions   = ["s3:CreateBucket", "s3:TagResource"]
    resources = ["arn:aws:s3:::acme-*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/Team"
      values   = ["builder"]
    }
  }
}

resource "aws_iam_policy" "buckets" {
  name   = "buckets"
  policy = data.aws_iam_policy_document.buckets.json
}
