# The administrators of the other account decide which of its roles use the key.
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
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "kms:Decrypt"
        Resource  = "*"
      },
    ]
  })
}

resource "aws_sns_topic_policy" "orders" {
  arn = "arn:aws:sns:eu-central-1:111122223333:orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "444455556666" }
      Action    = "sns:Subscribe"
      Resource  = "arn:aws:sns:eu-central-1:111122223333:orders"
    }]
  })
}
