data "aws_iam_policy_document" "worker" {
  statement {
    sid       = "ReadItsSecret"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.worker.arn]
  }

  # These actions take no ARN.
  statement {
    sid       = "Look"
    actions   = ["ec2:DescribeInstances", "ecr:GetAuthorizationToken", "cloudwatch:PutMetricData"]
    resources = ["*"]
  }

  # Tags say which instances.
  statement {
    sid       = "RestartItsInstances"
    actions   = ["ec2:RebootInstances"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Application"
      values   = ["worker"]
    }
  }

  statement {
    sid       = "KeepTheTrail"
    effect    = "Deny"
    actions   = ["cloudtrail:StopLogging"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "worker" {
  name   = "worker"
  policy = data.aws_iam_policy_document.worker.json
}

resource "aws_secretsmanager_secret" "worker" {
  name = "worker"
}
