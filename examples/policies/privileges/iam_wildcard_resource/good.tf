data "aws_iam_policy_document" "worker" {
  # remedy
  statement {
    sid       = "ReadItsSecret"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.worker.arn]
  }

  # These actions do not support resource ARNs.
  statement {
    sid       = "Look"
    actions   = ["ec2:DescribeInstances", "ecr:GetAuthorizationToken", "cloudwatch:PutMetricData"]
    resources = ["*"]
  }
  # end remedy

  # A condition on a tag limits the instances.
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
