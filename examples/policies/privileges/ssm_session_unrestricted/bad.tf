# The statement is for one host, but allows sessions on all instances.
resource "aws_iam_policy" "support" {
  name = "support"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ssm:StartSession", "ssm:TerminateSession"]
      Resource = ["arn:aws:ec2:*:*:instance/*", "arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell"]
    }]
  })
}

resource "aws_iam_policy" "containers" {
  name = "containers"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ecs:ExecuteCommand", Resource = "*" }]
  })
}
