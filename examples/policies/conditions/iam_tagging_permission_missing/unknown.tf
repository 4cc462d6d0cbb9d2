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

resource "aws_iam_role" "builder" {
  name = "builder"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "volumes" {
  role       = aws_iam_role.builder.name
  policy_arn = aws_iam_policy.volumes.arn
}

# The stack does not define this policy.
resource "aws_iam_role_policy_attachment" "tagging" {
  role       = aws_iam_role.builder.name
  policy_arn = "arn:aws:iam::111122223333:policy/tagging"
}
