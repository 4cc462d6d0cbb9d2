resource "aws_route53_query_log" "zone" {
  zone_id                  = "Z0123456789ABCDEFGHIJ"
  cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:/dns/acme.example"
}

# The statement is for application logs, but includes the log of DNS queries.
resource "aws_iam_policy" "support" {
  name = "support"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:FilterLogEvents", "logs:GetLogEvents"]
      Resource = "arn:aws:logs:*:111122223333:log-group:*"
    }]
  })
}
