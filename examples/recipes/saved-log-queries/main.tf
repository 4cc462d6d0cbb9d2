terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "shop"
    }
  }
}

resource "aws_cloudwatch_query_definition" "query_5xx_by_version" {
  name            = "shop-prod/5xx by version"
  log_group_names = ["/shop/prod/access"]

  query_string = <<-EOT
    fields floor(status / 500) as is_5xx
    | stats sum(is_5xx) as errors, count(*) as requests, 100 * errors / requests as percent by version
    | sort percent desc
  EOT
}

resource "aws_cloudwatch_query_definition" "query_5xx_by_route" {
  name            = "shop-prod/5xx by route"
  log_group_names = ["/shop/prod/access"]

  query_string = <<-EOT
    filter status >= 500
    | stats count(*) as errors, earliest(@timestamp) as since by route
    | sort errors desc
  EOT
}

resource "aws_cloudwatch_query_definition" "query_slow_routes" {
  name            = "shop-prod/Slow routes"
  log_group_names = ["/shop/prod/access"]

  query_string = <<-EOT
    stats pct(duration_ms, 50) as p50, pct(duration_ms, 99) as p99, count(*) as requests by route
    | sort p99 desc
  EOT
}

resource "aws_cloudwatch_query_definition" "query_errors_by_version" {
  name            = "shop-prod/Errors by version"
  log_group_names = ["/shop/prod/web", "/shop/prod/worker"]

  query_string = <<-EOT
    filter level = "ERROR"
    | stats count(*) as errors by error, version
    | sort errors desc
    | limit 50
  EOT
}

resource "aws_cloudwatch_query_definition" "query_one_request" {
  name            = "shop-prod/One request"
  log_group_names = ["/shop/prod/access", "/shop/prod/web", "/shop/prod/worker"]

  query_string = <<-EOT
    filter request_id = "replace me"
    | sort @timestamp asc
    | display @timestamp, @log, level, status, message
  EOT
}

resource "aws_cloudwatch_query_definition" "query_cold_starts" {
  name            = "shop-prod/Cold starts"
  log_group_names = ["/aws/lambda/invoices-prod-courier", "/aws/lambda/quotes-prod"]

  query_string = <<-EOT
    filter type = "platform.report"
    | stats count(*) as invocations, count(record.metrics.initDurationMs) as cold_starts,
        100 * cold_starts / invocations as percent, pct(record.metrics.initDurationMs, 95) as p95_ms by @log
    | sort percent desc
  EOT
}

resource "aws_cloudwatch_query_definition" "query_timeouts_and_failures" {
  name            = "shop-prod/Timeouts and failures"
  log_group_names = ["/aws/lambda/invoices-prod-courier", "/aws/lambda/quotes-prod"]

  query_string = <<-EOT
    filter type = "platform.report" and record.status != "success"
    | stats count(*) as invocations, max(record.metrics.maxMemoryUsedMB) as used_mb,
        max(record.metrics.memorySizeMB) as size_mb by @log, record.status
    | sort invocations desc
  EOT
}
