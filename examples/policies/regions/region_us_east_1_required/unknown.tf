provider "aws" {
  region = "eu-west-1"
}

variable "scope" {
  description = "What the web ACL protects: `CLOUDFRONT` or `REGIONAL`."
  type        = string
}

resource "aws_wafv2_web_acl" "site" {
  name  = "site"
  scope = var.scope

  default_action {
    allow {}
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "site"
    sampled_requests_enabled   = true
  }
}
