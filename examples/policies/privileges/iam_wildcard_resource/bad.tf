data "aws_iam_policy_document" "worker" {
  statement {
    actions   = ["secretsmanager:GetSecretValue", "dynamodb:PutItem", "ec2:DescribeInstances"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "worker" {
  name   = "worker"
  policy = data.aws_iam_policy_document.worker.json
}

resource "aws_iam_user" "uploader" {
  name = "uploader"
}

resource "aws_iam_user_policy" "uploader" {
  name   = "upload"
  user   = aws_iam_user.uploader.name
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "Allow", "Action": ["s3:Get*", "s3:PutObject"], "Resource": ["*"]}
      ]
    }
  EOT
}
