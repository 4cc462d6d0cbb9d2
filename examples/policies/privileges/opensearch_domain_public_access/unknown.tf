variable "reader" {
  description = "ARN of the principal that reads the logs."
  type        = string
}

resource "aws_opensearch_domain" "logs" {
  domain_name    = "logs"
  engine_version = "OpenSearch_2.11"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = var.reader }
      Action    = "es:*"
      Resource  = "arn:aws:es:eu-central-1:111122223333:domain/logs/*"
    }]
  })

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }
}
