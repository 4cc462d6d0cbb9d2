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
        Sid       = "PartnerUses"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:role/reader" }
        Action    = "kms:Decrypt"
        Resource  = "*"
      },
      # remedy
      # Only AWS services create grants, for the resources of the role.
      {
        Sid       = "PartnerAttachesEncryptedResources"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:role/reader" }
        Action    = "kms:CreateGrant"
        Resource  = "*"
        Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
      },
      # end remedy
    ]
  })
}
