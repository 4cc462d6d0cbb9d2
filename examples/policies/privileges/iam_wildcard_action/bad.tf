# The same fault in three forms: a data source, `jsonencode` and literal JSON.

data "aws_iam_policy_document" "everything" {
  statement {
    sid       = "ReadReports"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.reports.arn}/*"]
  }

  statement {
    sid       = "JustMakeItWork"
    actions   = ["*"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "everything" {
  name   = "everything"
  policy = data.aws_iam_policy_document.everything.json
}

resource "aws_s3_bucket" "reports" {
  bucket = "acme-reports"
}

# A service wildcard on one bucket can delete the bucket and replace its policy.
resource "aws_iam_role_policy" "reports" {
  name = "reports"
  role = aws_iam_role.reports.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:*"
      Resource = [aws_s3_bucket.reports.arn, "${aws_s3_bucket.reports.arn}/*"]
    }]
  })
}

resource "aws_iam_role" "reports" {
  name               = "reports"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

# A resource-based policy fails, too.
resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.url
  policy    = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/shop"},
        "Action": "SQS:*",
        "Resource": "*"
      }
    }
  EOT
}
