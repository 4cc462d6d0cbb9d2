# Any principal of any AWS account can send messages to this queue.
resource "aws_sqs_queue_policy" "orders" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/111122223333/orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:eu-central-1:111122223333:orders"
    }]
  })
}

data "aws_iam_policy_document" "inbox" {
  statement {
    sid       = "TlsDoesNotLimitTheCaller"
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::acme-inbox/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
}

resource "aws_s3_bucket_policy" "inbox" {
  bucket = "acme-inbox"
  policy = data.aws_iam_policy_document.inbox.json
}

# Any principal of any AWS account can assume this role.
resource "aws_iam_role" "partner" {
  name = "partner"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" } }]
  })
}

resource "aws_s3_bucket" "site" {
  bucket = "acme-site"
}

# The bucket is public: TLS does not limit the caller.
resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["s3:Get*", "s3:List*"]
      Resource  = [aws_s3_bucket.site.arn, "${aws_s3_bucket.site.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "true" } }
    }]
  })
}

# Any AWS account can run the function.
resource "aws_lambda_permission" "nightly" {
  action        = "lambda:InvokeFunction"
  function_name = "nightly"
  principal     = "*"
}

# Any AWS account can send events to the event bus.
resource "aws_cloudwatch_event_permission" "orders" {
  principal    = "*"
  statement_id = "orders"
}
