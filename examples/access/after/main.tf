# A queue worker and its bucket, after a change: the statement about the queue is in a policy of its own, and that is
# no change of access.

resource "aws_s3_bucket" "reports" {
  bucket = "acme-shop-reports"
}

resource "aws_s3_bucket_policy" "reports" {
  bucket = aws_s3_bucket.reports.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.reports.arn}/*"
      Principal = "*"
    }]
  })
}

resource "aws_iam_role" "worker" {
  name = "acme-shop-worker"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com", AWS = "arn:aws:iam::444455556666:root" }
    }]
  })
}

resource "aws_iam_role_policy" "worker" {
  name = "worker"
  role = aws_iam_role.worker.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:*"
      Resource = "${aws_s3_bucket.reports.arn}/*"
    }]
  })
}

resource "aws_iam_role_policy" "queue" {
  name = "queue"
  role = aws_iam_role.worker.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:DeleteMessage", "sqs:ReceiveMessage"]
      Resource = "arn:aws:sqs:eu-west-1:111122223333:orders"
    }]
  })
}

resource "aws_security_group" "worker" {
  name = "acme-shop-worker"
}

resource "aws_vpc_security_group_ingress_rule" "metrics" {
  security_group_id = aws_security_group.worker.id
  description       = "Metrics"
  ip_protocol       = "tcp"
  from_port         = 9090
  to_port           = 9090
  cidr_ipv4         = "0.0.0.0/0"
}
