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
      Owner       = "platform"
    }
  }
}

resource "aws_s3_bucket" "logs" {
  bucket = "example-prod-flow-logs"
}

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket                  = aws_s3_bucket.logs.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    id     = "expire-logs"
    status = "Enabled"

    filter {
      prefix = "AWSLogs/"
    }

    expiration {
      days = 90
    }
  }

  rule {
    id     = "expire-results"
    status = "Enabled"

    filter {
      prefix = "athena/"
    }

    expiration {
      days = 7
    }
  }

  rule {
    id     = "abort-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

data "aws_iam_policy_document" "logs" {
  statement {
    sid       = "AWSLogDeliveryWrite"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.logs.arn}/AWSLogs/123456789012/*"]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["123456789012"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:logs:eu-west-1:123456789012:*"]
    }

    condition {
      test     = "StringEquals"
      variable = "s3:x-amz-acl"
      values   = ["bucket-owner-full-control"]
    }
  }

  statement {
    sid       = "AWSLogDeliveryAclCheck"
    actions   = ["s3:GetBucketAcl", "s3:ListBucket"]
    resources = [aws_s3_bucket.logs.arn]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["123456789012"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:logs:eu-west-1:123456789012:*"]
    }
  }

  statement {
    sid       = "DenyWithoutTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.logs.arn, "${aws_s3_bucket.logs.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = data.aws_iam_policy_document.logs.json
}

resource "aws_flow_log" "vpc" {
  vpc_id               = "vpc-0123456789abcdef0"
  log_destination      = aws_s3_bucket.logs.arn
  log_destination_type = "s3"
  log_format           = "$${start} $${end} $${packets} $${bytes} $${protocol} $${srcport} $${dstport} $${tcp-flags} $${traffic-path} $${action} $${flow-direction} $${interface-id} $${pkt-srcaddr} $${pkt-dstaddr}"
  traffic_type         = "ALL"

  destination_options {
    file_format        = "parquet"
    per_hour_partition = true
  }

  depends_on = [aws_s3_bucket_policy.logs]
}

resource "aws_glue_catalog_database" "network" {
  name = "network"
}

resource "aws_glue_catalog_table" "flow_logs" {
  name          = "flow_logs"
  database_name = aws_glue_catalog_database.network.name

  parameters = {
    "projection.datehour.format"        = "yyyy/MM/dd/HH"
    "projection.datehour.interval"      = "1"
    "projection.datehour.interval.unit" = "HOURS"
    "projection.datehour.range"         = "NOW-90DAYS,NOW"
    "projection.datehour.type"          = "date"
    "projection.enabled"                = "true"
    "storage.location.template"         = "s3://example-prod-flow-logs/AWSLogs/123456789012/vpcflowlogs/eu-west-1/$${datehour}"
  }

  table_type = "EXTERNAL_TABLE"

  partition_keys {
    name = "datehour"
    type = "string"
  }

  storage_descriptor {
    input_format  = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
    location      = "s3://example-prod-flow-logs/AWSLogs/123456789012/vpcflowlogs/eu-west-1/"
    output_format = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"

    columns {
      name = "start"
      type = "bigint"
    }

    columns {
      name = "end"
      type = "bigint"
    }

    columns {
      name = "packets"
      type = "bigint"
    }

    columns {
      name = "bytes"
      type = "bigint"
    }

    columns {
      name = "protocol"
      type = "int"
    }

    columns {
      name = "srcport"
      type = "int"
    }

    columns {
      name = "dstport"
      type = "int"
    }

    columns {
      name = "tcp_flags"
      type = "int"
    }

    columns {
      name = "traffic_path"
      type = "int"
    }

    columns {
      name = "action"
      type = "string"
    }

    columns {
      name = "flow_direction"
      type = "string"
    }

    columns {
      name = "interface_id"
      type = "string"
    }

    columns {
      name = "pkt_srcaddr"
      type = "string"
    }

    columns {
      name = "pkt_dstaddr"
      type = "string"
    }

    ser_de_info {
      serialization_library = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
    }
  }
}

resource "aws_athena_workgroup" "network" {
  name = "network"

  configuration {
    bytes_scanned_cutoff_per_query  = 10737418240
    enforce_workgroup_configuration = true

    result_configuration {
      output_location = "s3://example-prod-flow-logs/athena/"

      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}

resource "aws_athena_named_query" "rejected_443" {
  name     = "rejected-443"
  database = aws_glue_catalog_database.network.name

  query = <<-EOT
    SELECT flow_direction, interface_id, pkt_srcaddr, pkt_dstaddr, sum(packets) AS packets
    FROM flow_logs
    WHERE datehour >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
      AND action = 'REJECT' AND protocol = 6 AND dstport = 443
    GROUP BY 1, 2, 3, 4 ORDER BY packets DESC LIMIT 100
  EOT

  workgroup = aws_athena_workgroup.network.id
}

resource "aws_athena_named_query" "top_talkers" {
  name     = "top-talkers"
  database = aws_glue_catalog_database.network.name

  query = <<-EOT
    SELECT pkt_srcaddr, pkt_dstaddr, traffic_path, sum(bytes) AS bytes
    FROM flow_logs
    WHERE datehour >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
      AND action = 'ACCEPT' AND flow_direction = 'egress'
    GROUP BY 1, 2, 3 ORDER BY bytes DESC LIMIT 100
  EOT

  workgroup = aws_athena_workgroup.network.id
}

resource "aws_athena_named_query" "port_scan" {
  name     = "port-scan"
  database = aws_glue_catalog_database.network.name

  query = <<-EOT
    SELECT pkt_srcaddr, count(DISTINCT dstport) AS ports, count(DISTINCT pkt_dstaddr) AS hosts
    FROM flow_logs
    WHERE datehour >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
      AND action = 'REJECT' AND flow_direction = 'ingress' AND protocol = 6
    GROUP BY 1 HAVING count(DISTINCT dstport) >= 50 OR count(DISTINCT pkt_dstaddr) >= 50 ORDER BY ports DESC
  EOT

  workgroup = aws_athena_workgroup.network.id
}
