data "aws_iam_policy_document" "support" {
  statement {
    sid       = "HostsOfOneApplication"
    actions   = ["ssm:StartSession"]
    resources = ["arn:aws:ec2:*:*:instance/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Application"
      values   = ["reports"]
    }
  }

  statement {
    sid       = "TasksOfOneCluster"
    actions   = ["ecs:ExecuteCommand"]
    resources = ["arn:aws:ecs:eu-central-1:111122223333:task/reports/*"]
  }

  statement {
    sid       = "EndItsOwn"
    actions   = ["ssm:TerminateSession"]
    resources = ["arn:aws:ssm:*:*:session/&{aws:userid}-*"]
  }
}

resource "aws_iam_policy" "support" {
  name   = "support"
  policy = data.aws_iam_policy_document.support.json
}
