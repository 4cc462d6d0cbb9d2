# Each resource repeats defaults of the provider, as modules do.

resource "aws_vpc" "this" {
  cidr_block          = "10.0.0.0/16"
  enable_dns_support  = true
  instance_tenancy    = "default"
  ipv4_ipam_pool_id   = null
  ipv4_netmask_length = null
  tags                = {}
}

resource "aws_subnet" "this" {
  vpc_id                                         = aws_vpc.this.id
  cidr_block                                     = "10.0.1.0/24"
  assign_ipv6_address_on_creation                = false
  enable_dns64                                   = false
  enable_resource_name_dns_a_record_on_launch    = false
  enable_resource_name_dns_aaaa_record_on_launch = false
  ipv6_native                                    = false
  map_public_ip_on_launch                        = false
  tags                                           = {}
}

resource "aws_route_table" "this" {
  vpc_id = aws_vpc.this.id
  tags   = {}
}

resource "aws_security_group" "this" {
  name                   = "shop"
  description            = "Managed by Terraform"
  revoke_rules_on_delete = false
  vpc_id                 = aws_vpc.this.id
  tags                   = {}
}

resource "aws_security_group_rule" "this" {
  security_group_id = aws_security_group.this.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["10.0.0.0/16"]
  description       = ""
}

resource "aws_sqs_queue" "this" {
  name                        = "shop"
  content_based_deduplication = false
  delay_seconds               = 0
  fifo_queue                  = false
  kms_master_key_id           = ""
  max_message_size            = 262144
  message_retention_seconds   = 345600
  receive_wait_time_seconds   = 0
  visibility_timeout_seconds  = "30"
  tags                        = {}
}

resource "aws_sns_topic" "this" {
  name                                = "shop"
  content_based_deduplication         = false
  display_name                        = ""
  fifo_topic                          = false
  kms_master_key_id                   = ""
  sqs_success_feedback_role_arn       = ""
  http_success_feedback_sample_rate   = 0
  lambda_success_feedback_sample_rate = 0
  tags                                = {}
}

resource "aws_sns_topic_subscription" "this" {
  topic_arn                       = aws_sns_topic.this.arn
  protocol                        = "sqs"
  endpoint                        = aws_sqs_queue.this.arn
  confirmation_timeout_in_minutes = 1
  delivery_policy                 = ""
  endpoint_auto_confirms          = false
  raw_message_delivery            = false
}

resource "aws_s3_bucket" "this" {
  bucket        = "shop-files"
  force_destroy = false
  tags          = {}
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = false
  restrict_public_buckets = false
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    bucket_key_enabled = false

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = ""
    }
  }
}

resource "aws_iam_role" "this" {
  name                  = "shop"
  assume_role_policy    = jsonencode({ Version = "2012-10-17", Statement = [] })
  description           = ""
  force_detach_policies = false
  max_session_duration  = 3600
  path                  = "/"
  permissions_boundary  = ""
  tags                  = {}
}

resource "aws_kms_key" "this" {
  bypass_policy_lockout_safety_check = false
  customer_master_key_spec           = "SYMMETRIC_DEFAULT"
  enable_key_rotation                = true
  is_enabled                         = true
  key_usage                          = "ENCRYPT_DECRYPT"
  multi_region                       = false
  tags                               = {}
}

resource "aws_dynamodb_table" "this" {
  name                        = "shop"
  billing_mode                = "PAY_PER_REQUEST"
  deletion_protection_enabled = false
  hash_key                    = "id"
  table_class                 = "STANDARD"
  tags                        = {}

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/shop"
  kms_key_id        = ""
  retention_in_days = 0
  skip_destroy      = false
  tags              = {}
}

resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name                = "shop"
  alarm_description         = ""
  actions_enabled           = true
  comparison_operator       = "GreaterThanThreshold"
  evaluation_periods        = 1
  insufficient_data_actions = []
  metric_name               = "ApproximateAgeOfOldestMessage"
  namespace                 = "AWS/SQS"
  ok_actions                = []
  period                    = 60
  statistic                 = "Maximum"
  threshold                 = 60
  treat_missing_data        = "missing"
  tags                      = {}
}

resource "aws_secretsmanager_secret" "this" {
  name                           = "shop"
  description                    = ""
  force_overwrite_replica_secret = false
  recovery_window_in_days        = 30
  tags                           = {}
}

resource "aws_ecr_repository" "this" {
  name                 = "shop"
  force_delete         = false
  image_tag_mutability = "MUTABLE"
  tags                 = {}
}

resource "aws_lb_target_group" "this" {
  name                               = "shop"
  port                               = 80
  protocol                           = "HTTP"
  vpc_id                             = aws_vpc.this.id
  deregistration_delay               = 300
  lambda_multi_value_headers_enabled = false
  proxy_protocol_v2                  = false
  slow_start                         = 0
  target_type                        = "instance"
  tags                               = {}

  health_check {
    enabled             = true
    healthy_threshold   = 3
    interval            = 30
    path                = "/health"
    port                = "traffic-port"
    protocol            = "HTTP"
    unhealthy_threshold = 3
  }
}

resource "aws_lambda_function" "this" {
  function_name                  = "shop"
  role                           = aws_iam_role.this.arn
  handler                        = "main.handler"
  runtime                        = "python3.12"
  s3_bucket                      = aws_s3_bucket.this.id
  s3_key                         = "code.zip"
  description                    = ""
  layers                         = []
  memory_size                    = 128
  package_type                   = "Zip"
  publish                        = false
  reserved_concurrent_executions = -1
  skip_destroy                   = false
  timeout                        = 3
  tags                           = {}
}
