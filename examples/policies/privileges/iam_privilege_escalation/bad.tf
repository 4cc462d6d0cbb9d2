resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

# The two policies together allow starting an instance with any role of the account.
resource "aws_iam_role_policy" "pass" {
  name = "pass"
  role = aws_iam_role.deploy.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::111122223333:role/*" }]
  })
}

data "aws_iam_policy_document" "machines" {
  statement {
    actions   = ["ec2:RunInstances", "ec2:DescribeInstances"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "machines" {
  name   = "machines"
  policy = data.aws_iam_policy_document.machines.json
}

resource "aws_iam_role_policy_attachment" "machines" {
  role       = aws_iam_role.deploy.name
  policy_arn = aws_iam_policy.machines.arn
}

# One action is sufficient: the user can create a version of its own policy with any permissions.
resource "aws_iam_user" "helpdesk" {
  name = "helpdesk"
}

resource "aws_iam_user_policy" "helpdesk" {
  name = "helpdesk"
  user = aws_iam_user.helpdesk.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:List*", "iam:CreatePolicyVersion"], Resource = "*" }]
  })
}
