data "aws_iam_policy_document" "orders" {
  # remedy
  # All principals, but only for messages of this topic.
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:eu-central-1:111122223333:orders"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:aws:sns:eu-central-1:111122223333:orders"]
    }
  }
  # end remedy
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/111122223333/orders"
  policy    = data.aws_iam_policy_document.orders.json
}

# All principals, but only through a mount target in the VPC. AWS does not consider this policy public.
resource "aws_efs_file_system_policy" "shared" {
  file_system_id = "fs-0123456789abcdef0"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
      Resource  = "*"
      Condition = { Bool = { "elasticfilesystem:AccessedViaMountTarget" = "true" } }
    }]
  })
}

# All principals, but only through one VPC endpoint.
resource "aws_s3_bucket_policy" "shared" {
  bucket = "acme-shared"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::acme-shared/*"
      Condition = { StringEquals = { "aws:SourceVpce" = "vpce-0123456789abcdef0" } }
    }]
  })
}

# All principals of one organization.
resource "aws_lambda_permission" "nightly" {
  action           = "lambda:InvokeFunction"
  function_name    = "nightly"
  principal        = "*"
  principal_org_id = "o-a1b2c3d4e5"
}

resource "aws_cloudwatch_event_permission" "orders" {
  principal    = "111122223333"
  statement_id = "orders"
}
