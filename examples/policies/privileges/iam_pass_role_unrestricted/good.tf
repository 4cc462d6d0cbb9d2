data "aws_iam_policy_document" "deploy" {
  statement {
    sid       = "OneRole"
    actions   = ["iam:PassRole"]
    resources = ["arn:aws:iam::111122223333:role/report-task"]
  }

  statement {
    sid       = "ItsKindOfRoles"
    actions   = ["iam:PassRole"]
    resources = ["arn:aws:iam::111122223333:role/app-*"]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_policy" "deploy" {
  name   = "deploy"
  policy = data.aws_iam_policy_document.deploy.json
}
