# The role of the other account can create a grant for any principal, which no policy shows.
resource "aws_kms_key" "reports" {
  description         = "Reports"
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "IamPoliciesOfItsAccountDecide"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Partner"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:role/reader" }
        Action    = ["kms:Decrypt", "kms:CreateGrant"]
        Resource  = "*"
      },
    ]
  })
}
