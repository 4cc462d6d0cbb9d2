# An action that this version of plainwork does not have may be newer.
resource "aws_iam_policy" "reader" {
  name = "reader"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["athena:ReadEverything"]
      Resource = "*"
    }]
  })
}
