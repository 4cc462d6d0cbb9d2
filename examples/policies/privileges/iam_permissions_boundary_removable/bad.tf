# The pipeline can remove the boundary of any role, and of itself.
resource "aws_iam_policy" "pipeline" {
  name = "pipeline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["iam:CreateRole", "iam:DeleteRolePermissionsBoundary"]
      Resource = "arn:aws:iam::111122223333:role/*"
    }]
  })
}
