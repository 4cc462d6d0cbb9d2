variable "reader" {
  description = "ARN of the principal that reads the reports."
  type        = string
}

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
        Principal = { AWS = var.reader }
        Action    = "kms:CreateGrant"
        Resource  = "*"
      },
    ]
  })
}
