terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }

  backend "s3" {
    bucket              = "plainwork-prod-state-123456789012-eu-west-1"
    key                 = "prod/checkout.tfstate"
    region              = "eu-west-1"
    allowed_account_ids = ["123456789012"]
    encrypt             = true
    kms_key_id          = "arn:aws:kms:eu-west-1:123456789012:alias/plainwork-prod-state-123456789012-eu-west-1"
    use_lockfile        = true
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

locals {
  cache_nodes = ["001", "002"]
}

resource "aws_sns_topic" "pager" {
  name = "plainwork-prod-pager"
}

# LoadBalancer front

resource "aws_security_group" "front" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "plainwork-prod-front-"
  description = "Load balancer plainwork-prod-front"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "front_vpc" {
  description       = "vpc to port 80"
  from_port         = 80
  to_port           = 80
  ip_protocol       = "tcp"
  cidr_ipv4         = "10.0.0.0/16"
  security_group_id = aws_security_group.front.id
}

resource "aws_lb" "front" {
  name                       = "plainwork-prod-front"
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  internal                   = true
  load_balancer_type         = "application"
  security_groups            = [aws_security_group.front.id]
  subnets                    = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
}

resource "aws_lb_listener" "front" {
  port              = 80
  protocol          = "HTTP"
  load_balancer_arn = aws_lb.front.arn

  default_action {
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_vpc_security_group_ingress_rule" "front_https" {
  description       = "vpc to port 443"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  cidr_ipv4         = "10.0.0.0/16"
  security_group_id = aws_security_group.front.id
}

resource "aws_route53_record" "front" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "checkout.example.com"
  type    = "A"

  alias {
    zone_id                = aws_lb.front.zone_id
    name                   = aws_lb.front.dns_name
    evaluate_target_health = false
  }
}

resource "aws_acm_certificate" "front" {
  domain_name       = "checkout.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "front_validation" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = one(aws_acm_certificate.front.domain_validation_options).resource_record_name
  type            = one(aws_acm_certificate.front.domain_validation_options).resource_record_type
  allow_overwrite = true
  records         = [one(aws_acm_certificate.front.domain_validation_options).resource_record_value]
  ttl             = 300
}

resource "aws_acm_certificate_validation" "front" {
  certificate_arn         = aws_acm_certificate.front.arn
  validation_record_fqdns = [aws_route53_record.front_validation.fqdn]
}

resource "aws_lb_listener" "front_https" {
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate_validation.front.certificate_arn
  load_balancer_arn = aws_lb.front.arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "Not found"
      status_code  = "404"
    }
  }
}

resource "aws_lb_target_group" "front_stable" {
  vpc_id               = "vpc-0123456789abcdef0"
  name                 = "plainwork-prod-front-stable"
  port                 = 8080
  protocol             = "HTTP"
  deregistration_delay = "30"
  target_type          = "ip"

  health_check {
    interval = 10
    path     = "/checkout/healthz"
    timeout  = 5
  }
}

resource "aws_lb_target_group" "front_canary" {
  vpc_id               = "vpc-0123456789abcdef0"
  name                 = "plainwork-prod-front-canary"
  port                 = 8080
  protocol             = "HTTP"
  deregistration_delay = "30"
  target_type          = "ip"

  health_check {
    interval = 10
    path     = "/checkout/healthz"
    timeout  = 5
  }
}

# Directly in the stack

data "terraform_remote_state" "network" {
  backend = "s3"

  config = {
    bucket     = "plainwork-prod-state-123456789012-eu-west-1"
    encrypt    = true
    key        = "prod/network.tfstate"
    kms_key_id = "arn:aws:kms:eu-west-1:123456789012:alias/plainwork-prod-state-123456789012-eu-west-1"
    region     = "eu-west-1"
  }
}

# TaskNetwork tasks

resource "aws_security_group" "tasks" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "plainwork-prod-tasks-"
  description = "Tasks"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "tasks_front" {
  description                  = "front to port 8080"
  from_port                    = 8080
  to_port                      = 8080
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.front.id
  security_group_id            = aws_security_group.tasks.id
}

resource "aws_vpc_security_group_egress_rule" "tasks_from_front" {
  description                  = "Load balancer to tasks"
  from_port                    = 8080
  to_port                      = 8080
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.tasks.id
  security_group_id            = aws_security_group.front.id
}

resource "aws_vpc_security_group_egress_rule" "tasks_endpoints" {
  description                  = "Tasks to interface endpoints"
  from_port                    = 443
  to_port                      = 443
  ip_protocol                  = "tcp"
  referenced_security_group_id = data.terraform_remote_state.network.outputs.endpoints_security_group_id
  security_group_id            = aws_security_group.tasks.id
}

resource "aws_vpc_security_group_egress_rule" "tasks_layers" {
  description       = "Tasks to image layers in S3"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  prefix_list_id    = data.terraform_remote_state.network.outputs.s3_prefix_list_id
  security_group_id = aws_security_group.tasks.id
}

# Program checkout

resource "aws_ecr_repository" "checkout" {
  name                 = "plainwork-prod-checkout"
  image_tag_mutability = "IMMUTABLE"

  encryption_configuration {
    encryption_type = "KMS"
  }

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_cloudwatch_log_group" "checkout" {
  name              = "/plainwork-prod-checkout"
  retention_in_days = 365
}

data "aws_iam_policy_document" "checkout_trust" {
  statement {
    sid     = "LetTasksOfThisAccountAssume"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["123456789012"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:ecs:eu-west-1:123456789012:*"]
    }
  }
}

resource "aws_iam_role" "checkout_task" {
  name               = "plainwork-prod-checkout-task-eu-west-1"
  assume_role_policy = data.aws_iam_policy_document.checkout_trust.json
}

resource "aws_iam_role" "checkout_execution" {
  name               = "plainwork-prod-checkout-execution-eu-west-1"
  assume_role_policy = data.aws_iam_policy_document.checkout_trust.json
}

data "aws_iam_policy_document" "checkout_checkout_execution" {
  statement {
    sid       = "LogInToRegistry"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid       = "PullImage"
    actions   = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = [aws_ecr_repository.checkout.arn]
  }

  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.checkout.arn}:*"]
  }
}

resource "aws_iam_role_policy" "checkout_checkout_execution" {
  name   = "start"
  role   = aws_iam_role.checkout_execution.name
  policy = data.aws_iam_policy_document.checkout_checkout_execution.json
}

# FileSystem files

resource "aws_efs_file_system" "files" {
  encrypted        = true
  performance_mode = "generalPurpose"
  throughput_mode  = "elastic"

  tags = {
    Name = "plainwork-prod-files"
  }

  lifecycle {
    prevent_destroy = true
  }
}

data "aws_iam_policy_document" "files_policy" {
  statement {
    sid    = "DenyPlainNfs"
    effect = "Deny"

    actions = [
      "elasticfilesystem:ClientMount",
      "elasticfilesystem:ClientWrite",
      "elasticfilesystem:ClientRootAccess",
    ]

    resources = [aws_efs_file_system.files.arn]

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

  statement {
    sid    = "DenyWithoutAccessPoint"
    effect = "Deny"

    actions = [
      "elasticfilesystem:ClientMount",
      "elasticfilesystem:ClientWrite",
      "elasticfilesystem:ClientRootAccess",
    ]

    resources = [aws_efs_file_system.files.arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Null"
      variable = "elasticfilesystem:AccessPointArn"
      values   = ["true"]
    }
  }
}

resource "aws_efs_file_system_policy" "files" {
  policy         = data.aws_iam_policy_document.files_policy.json
  file_system_id = aws_efs_file_system.files.id
}

resource "aws_efs_backup_policy" "files" {
  file_system_id = aws_efs_file_system.files.id

  backup_policy {
    status = "ENABLED"
  }
}

resource "aws_security_group" "files" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "plainwork-prod-files-"
  description = "NFS to plainwork-prod-files"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "files_tasks" {
  description                  = "tasks to port 2049"
  from_port                    = 2049
  to_port                      = 2049
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.tasks.id
  security_group_id            = aws_security_group.files.id
}

resource "aws_efs_mount_target" "files_euw1_az1" {
  file_system_id  = aws_efs_file_system.files.id
  security_groups = [aws_security_group.files.id]
  subnet_id       = "subnet-0a1b2c3d4e5f60001"

  depends_on = [aws_efs_file_system_policy.files]
}

resource "aws_efs_mount_target" "files_euw1_az2" {
  file_system_id  = aws_efs_file_system.files.id
  security_groups = [aws_security_group.files.id]
  subnet_id       = "subnet-0a1b2c3d4e5f60002"

  depends_on = [aws_efs_file_system_policy.files]
}

resource "aws_efs_mount_target" "files_euw1_az3" {
  file_system_id  = aws_efs_file_system.files.id
  security_groups = [aws_security_group.files.id]
  subnet_id       = "subnet-0a1b2c3d4e5f60003"

  depends_on = [aws_efs_file_system_policy.files]
}

resource "aws_vpc_security_group_egress_rule" "files_tasks" {
  description                  = "tasks to files"
  from_port                    = 2049
  to_port                      = 2049
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.files.id
  security_group_id            = aws_security_group.tasks.id
}

resource "aws_cloudwatch_metric_alarm" "files_percent_io_limit" {
  alarm_actions       = [aws_sns_topic.pager.arn]
  alarm_description   = "The file system is close to its limit of operations per second, and requests are delayed. Distribute the files over several file systems, or send fewer and larger requests."
  alarm_name          = "plainwork-prod-files-percent_io_limit"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    FileSystemId = aws_efs_file_system.files.id
  }

  evaluation_periods = 3
  metric_name        = "PercentIOLimit"
  namespace          = "AWS/EFS"
  period             = 300
  statistic          = "Average"
  threshold          = 95
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "files_storage_bytes" {
  alarm_actions       = [aws_sns_topic.pager.arn]
  alarm_description   = "The file system stores more than the threshold of this alarm. EFS has no storage quota: find the client that writes, or raise storage_bytes_threshold."
  alarm_name          = "plainwork-prod-files-storage_bytes"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    FileSystemId = aws_efs_file_system.files.id
    StorageClass = "Total"
  }

  evaluation_periods = 1
  metric_name        = "StorageBytes"
  namespace          = "AWS/EFS"
  period             = 3600
  statistic          = "Average"
  threshold          = 107374182400
  treat_missing_data = "missing"
}

# ValkeyReplicationGroup cache

resource "aws_security_group" "cache" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "plainwork-prod-cache-"
  description = "Valkey plainwork-prod-cache"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "cache_tasks" {
  description                  = "tasks to port 6379"
  from_port                    = 6379
  to_port                      = 6379
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.tasks.id
  security_group_id            = aws_security_group.cache.id
}

resource "aws_elasticache_subnet_group" "cache" {
  name        = "plainwork-prod-cache"
  description = "Carts, each with a time to live"
  subnet_ids  = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
}

resource "aws_elasticache_parameter_group" "cache" {
  name        = "plainwork-prod-cache-valkey8"
  description = "Parameters of plainwork-prod-cache"
  family      = "valkey8"

  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lru"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_user" "cache_default" {
  engine        = "valkey"
  access_string = "off -@all"
  user_id       = "plainwork-prod-cache-default"
  user_name     = "default"

  authentication_mode {
    type      = "password"
    passwords = [uuid()]
  }

  lifecycle {
    ignore_changes = [authentication_mode]
  }
}

resource "aws_elasticache_user" "cache_checkout" {
  engine        = "valkey"
  access_string = "on ~cart:* -@all +@read +@write +@connection"
  user_id       = "plainwork-prod-cache-checkout"
  user_name     = "plainwork-prod-cache-checkout"

  authentication_mode {
    type = "iam"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_user_group" "cache" {
  engine        = "valkey"
  user_group_id = "plainwork-prod-cache"

  user_ids = [
    aws_elasticache_user.cache_default.user_id,
    aws_elasticache_user.cache_checkout.user_id,
  ]
}

resource "aws_cloudwatch_log_group" "cache_slow_log" {
  name              = "/aws/vendedlogs/elasticache/plainwork-prod-cache/slow-log"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_group" "cache_engine_log" {
  name              = "/aws/vendedlogs/elasticache/plainwork-prod-cache/engine-log"
  retention_in_days = 365
}

resource "aws_elasticache_replication_group" "cache" {
  description                = "Carts, each with a time to live"
  engine                     = "valkey"
  engine_version             = "8.1"
  node_type                  = "cache.t4g.small"
  port                       = 6379
  apply_immediately          = false
  at_rest_encryption_enabled = true
  auto_minor_version_upgrade = false
  automatic_failover_enabled = true
  maintenance_window         = "wed:04:00-wed:05:00"
  multi_az_enabled           = true
  num_cache_clusters         = 2
  parameter_group_name       = aws_elasticache_parameter_group.cache.name
  replication_group_id       = "plainwork-prod-cache"
  security_group_ids         = [aws_security_group.cache.id]
  snapshot_retention_limit   = 1
  snapshot_window            = "23:10-00:10"
  subnet_group_name          = aws_elasticache_subnet_group.cache.name
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  user_group_ids             = [aws_elasticache_user_group.cache.user_group_id]

  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.cache_slow_log.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "slow-log"
  }

  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.cache_engine_log.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "engine-log"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "cache_memory" {
  for_each = toset(local.cache_nodes)

  alarm_actions       = [aws_sns_topic.pager.arn]
  alarm_description   = "Memory usage is above 100 % although keys are evicted. Find what uses memory besides keys, for example clients that do not read their replies."
  alarm_name          = "plainwork-prod-cache-${each.key}-memory"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "plainwork-prod-cache-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "DatabaseMemoryUsagePercentage"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Average"
  threshold          = 100
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "cache_engine_cpu" {
  for_each = toset(local.cache_nodes)

  alarm_actions       = [aws_sns_topic.pager.arn]
  alarm_description   = "CPU utilization of the engine is above 90 %. Add replicas for reads, shards or a larger node type for writes."
  alarm_name          = "plainwork-prod-cache-${each.key}-engine_cpu"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "plainwork-prod-cache-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "EngineCPUUtilization"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Average"
  threshold          = 90
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "cache_cpu" {
  for_each = toset(local.cache_nodes)

  alarm_actions       = [aws_sns_topic.pager.arn]
  alarm_description   = "CPU utilization of the host with 2 vCPUs is above 45 %. Add replicas for reads, shards or a larger node type for writes."
  alarm_name          = "plainwork-prod-cache-${each.key}-cpu"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "plainwork-prod-cache-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "CPUUtilization"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Average"
  threshold          = 45
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "cache_connections" {
  for_each = toset(local.cache_nodes)

  alarm_actions       = [aws_sns_topic.pager.arn]
  alarm_description   = "More than 52000 of at most 65000 client connections are open. Use connection pools."
  alarm_name          = "plainwork-prod-cache-${each.key}-connections"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "plainwork-prod-cache-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "CurrConnections"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Maximum"
  threshold          = 52000
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "cache_replication_lag" {
  for_each = toset(local.cache_nodes)

  alarm_actions       = [aws_sns_topic.pager.arn]
  alarm_description   = "The replica is more than 5 seconds behind its primary; a failover now loses these writes. Find the source of the writes."
  alarm_name          = "plainwork-prod-cache-${each.key}-replication_lag"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "plainwork-prod-cache-${each.key}"
  }

  evaluation_periods = 5
  metric_name        = "ReplicationLag"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Maximum"
  threshold          = 5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "cache_authentication_failures" {
  for_each = toset(local.cache_nodes)

  alarm_actions       = [aws_sns_topic.pager.arn]
  alarm_description   = "Authentication failed: expired IAM token, token for another cache, or unknown client."
  alarm_name          = "plainwork-prod-cache-${each.key}-authentication_failures"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    CacheClusterId = "plainwork-prod-cache-${each.key}"
  }

  evaluation_periods = 1
  metric_name        = "AuthenticationFailures"
  namespace          = "AWS/ElastiCache"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

data "aws_iam_policy_document" "cache_checkout_task" {
  statement {
    sid     = "Connect"
    actions = ["elasticache:Connect"]

    resources = [
      aws_elasticache_replication_group.cache.arn,
      aws_elasticache_user.cache_checkout.arn,
    ]
  }
}

resource "aws_iam_role_policy" "cache_checkout_task" {
  name   = "plainwork-prod-cache-connect-checkout"
  role   = aws_iam_role.checkout_task.name
  policy = data.aws_iam_policy_document.cache_checkout_task.json
}

resource "aws_vpc_security_group_egress_rule" "cache_tasks" {
  description                  = "tasks to cache"
  from_port                    = 6379
  to_port                      = 6379
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.cache.id
  security_group_id            = aws_security_group.tasks.id
}

# TargetGroupCanary rollout

resource "aws_lb_listener_rule" "rollout" {
  listener_arn = aws_lb_listener.front_https.arn
  priority     = 10

  action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.front_stable.arn
        weight = 95
      }

      target_group {
        arn    = aws_lb_target_group.front_canary.arn
        weight = 5
      }
    }
  }

  condition {
    path_pattern {
      values = ["/checkout/*"]
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "rollout_stable_errors" {
  alarm_actions       = [aws_sns_topic.pager.arn]
  alarm_description   = "More than 1 % of the requests to the stable variant result in a 5xx status."
  alarm_name          = "plainwork-prod-checkout-stable-errors"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3
  evaluation_periods  = 5
  threshold           = 1
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "rate"
    expression  = "100 * FILL(errors, 0) / requests"
    label       = "5xx in percent"
    return_data = true
  }

  metric_query {
    id = "errors"

    metric {
      dimensions = {
        LoadBalancer = aws_lb.front.arn_suffix
        TargetGroup  = aws_lb_target_group.front_stable.arn_suffix
      }

      metric_name = "HTTPCode_Target_5XX_Count"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }

  metric_query {
    id = "requests"

    metric {
      dimensions = {
        LoadBalancer = aws_lb.front.arn_suffix
        TargetGroup  = aws_lb_target_group.front_stable.arn_suffix
      }

      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "rollout_stable_latency" {
  alarm_actions       = [aws_sns_topic.pager.arn]
  alarm_description   = "The 95th percentile of the response time of the stable variant is above 0.5 s."
  alarm_name          = "plainwork-prod-checkout-stable-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.front.arn_suffix
    TargetGroup  = aws_lb_target_group.front_stable.arn_suffix
  }

  evaluation_periods = 5
  extended_statistic = "p95"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 0.5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "rollout_stable_unhealthy" {
  alarm_actions       = [aws_sns_topic.pager.arn]
  alarm_description   = "The stable variant has unhealthy targets."
  alarm_name          = "plainwork-prod-checkout-stable-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.front.arn_suffix
    TargetGroup  = aws_lb_target_group.front_stable.arn_suffix
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "rollout_canary_errors" {
  alarm_description   = "More than 1 % of the requests to the canary variant result in a 5xx status."
  alarm_name          = "plainwork-prod-checkout-canary-errors"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3
  evaluation_periods  = 5
  threshold           = 1
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "rate"
    expression  = "100 * FILL(errors, 0) / requests"
    label       = "5xx in percent"
    return_data = true
  }

  metric_query {
    id = "errors"

    metric {
      dimensions = {
        LoadBalancer = aws_lb.front.arn_suffix
        TargetGroup  = aws_lb_target_group.front_canary.arn_suffix
      }

      metric_name = "HTTPCode_Target_5XX_Count"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }

  metric_query {
    id = "requests"

    metric {
      dimensions = {
        LoadBalancer = aws_lb.front.arn_suffix
        TargetGroup  = aws_lb_target_group.front_canary.arn_suffix
      }

      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "rollout_canary_latency" {
  alarm_description   = "The 95th percentile of the response time of the canary variant is above 0.5 s."
  alarm_name          = "plainwork-prod-checkout-canary-latency"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.front.arn_suffix
    TargetGroup  = aws_lb_target_group.front_canary.arn_suffix
  }

  evaluation_periods = 5
  extended_statistic = "p95"
  metric_name        = "TargetResponseTime"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  threshold          = 0.5
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "rollout_canary_unhealthy" {
  alarm_description   = "The canary variant has unhealthy targets."
  alarm_name          = "plainwork-prod-checkout-canary-unhealthy"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 3

  dimensions = {
    LoadBalancer = aws_lb.front.arn_suffix
    TargetGroup  = aws_lb_target_group.front_canary.arn_suffix
  }

  evaluation_periods = 5
  metric_name        = "UnHealthyHostCount"
  namespace          = "AWS/ApplicationELB"
  period             = 60
  statistic          = "Maximum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_composite_alarm" "rollout" {
  alarm_actions     = [aws_sns_topic.pager.arn]
  alarm_description = "An alarm of the canary variant is active. Do not take the next step; roll back if the variant has traffic."
  alarm_name        = "plainwork-prod-checkout-canary"
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.rollout_canary_errors.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.rollout_canary_latency.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.rollout_canary_unhealthy.alarm_name}\")"
}

# AccessPoint files/data

resource "aws_efs_access_point" "files_data" {
  file_system_id = aws_efs_file_system.files.id

  tags = {
    Name = "plainwork-prod-files-data"
  }

  posix_user {
    gid = 1000
    uid = 1000
  }

  root_directory {
    path = "/checkout"

    creation_info {
      owner_gid   = 1000
      owner_uid   = 1000
      permissions = "750"
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

data "aws_iam_policy_document" "files_data_checkout_task" {
  statement {
    sid       = "MountAccessPoint"
    actions   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    resources = [aws_efs_file_system.files.arn]

    condition {
      test     = "StringEquals"
      variable = "elasticfilesystem:AccessPointArn"
      values   = [aws_efs_access_point.files_data.arn]
    }

    condition {
      test     = "Bool"
      variable = "elasticfilesystem:AccessedViaMountTarget"
      values   = ["true"]
    }
  }
}

resource "aws_iam_role_policy" "files_data_checkout_task" {
  name   = "efs-plainwork-prod-files-data"
  role   = aws_iam_role.checkout_task.name
  policy = data.aws_iam_policy_document.files_data_checkout_task.json
}

# Directly in the stack

resource "aws_ecs_cluster" "checkout" {
  name = "plainwork-prod-checkout"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

# FargateService stable

resource "aws_ecs_task_definition" "stable" {
  container_definitions = jsonencode([
    {
      name                   = "checkout"
      image                  = "${aws_ecr_repository.checkout.repository_url}:1.4.2"
      essential              = true
      user                   = "1000:1000"
      readonlyRootFilesystem = true
      portMappings = [
        {
          containerPort = 8080
        },
      ]
      environment = [
        {
          name  = "CACHE_HOST"
          value = aws_elasticache_replication_group.cache.primary_endpoint_address
        },
        {
          name  = "CACHE_NAME"
          value = aws_elasticache_replication_group.cache.replication_group_id
        },
        {
          name  = "CACHE_USER"
          value = aws_elasticache_user.cache_checkout.user_id
        },
      ]
      mountPoints = [
        {
          sourceVolume  = "data"
          containerPath = "/data"
          readOnly      = false
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.checkout.name
          "awslogs-region"        = "eu-west-1"
          "awslogs-stream-prefix" = "stable"
        }
      }
    },
  ])

  cpu                      = "256"
  execution_role_arn       = aws_iam_role.checkout_execution.arn
  family                   = "plainwork-prod-checkout-stable"
  memory                   = "512"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  task_role_arn            = aws_iam_role.checkout_task.arn

  volume {
    name = "data"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.files.id
      transit_encryption = "ENABLED"

      authorization_config {
        access_point_id = aws_efs_access_point.files_data.id
        iam             = "ENABLED"
      }
    }
  }
}

resource "aws_ecs_service" "stable" {
  name                              = "stable"
  availability_zone_rebalancing     = "ENABLED"
  cluster                           = aws_ecs_cluster.checkout.arn
  desired_count                     = 2
  health_check_grace_period_seconds = 60
  launch_type                       = "FARGATE"
  propagate_tags                    = "SERVICE"
  task_definition                   = aws_ecs_task_definition.stable.arn
  wait_for_steady_state             = true

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  load_balancer {
    container_name   = "checkout"
    container_port   = 8080
    target_group_arn = aws_lb_target_group.front_stable.arn
  }

  network_configuration {
    security_groups = [aws_security_group.tasks.id]
    subnets         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  }

  lifecycle {
    ignore_changes = [desired_count]
  }

  depends_on = [
    aws_iam_role_policy.checkout_checkout_execution,
    aws_vpc_security_group_egress_rule.tasks_from_front,
    aws_vpc_security_group_egress_rule.tasks_endpoints,
    aws_vpc_security_group_egress_rule.tasks_layers,
    aws_vpc_security_group_egress_rule.files_tasks,
    aws_efs_mount_target.files_euw1_az1,
    aws_efs_mount_target.files_euw1_az2,
    aws_efs_mount_target.files_euw1_az3,
    aws_vpc_security_group_egress_rule.cache_tasks,
    aws_iam_role_policy.cache_checkout_task,
    aws_iam_role_policy.files_data_checkout_task,
    aws_lb_listener_rule.rollout,
  ]
}

resource "aws_appautoscaling_target" "stable" {
  max_capacity       = 10
  min_capacity       = 2
  resource_id        = "service/${aws_ecs_cluster.checkout.name}/${aws_ecs_service.stable.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}

resource "aws_appautoscaling_policy" "stable_cpu" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.stable.resource_id
  scalable_dimension = aws_appautoscaling_target.stable.scalable_dimension
  service_namespace  = aws_appautoscaling_target.stable.service_namespace

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "stable_requests" {
  name               = "requests"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.stable.resource_id
  scalable_dimension = aws_appautoscaling_target.stable.scalable_dimension
  service_namespace  = aws_appautoscaling_target.stable.service_namespace

  target_tracking_scaling_policy_configuration {
    target_value = 1000

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.front.arn_suffix}/${aws_lb_target_group.front_stable.arn_suffix}"
    }
  }
}

# FargateService canary

resource "aws_ecs_task_definition" "canary" {
  container_definitions = jsonencode([
    {
      name                   = "checkout"
      image                  = "${aws_ecr_repository.checkout.repository_url}:1.5.0"
      essential              = true
      user                   = "1000:1000"
      readonlyRootFilesystem = true
      portMappings = [
        {
          containerPort = 8080
        },
      ]
      environment = [
        {
          name  = "CACHE_HOST"
          value = aws_elasticache_replication_group.cache.primary_endpoint_address
        },
        {
          name  = "CACHE_NAME"
          value = aws_elasticache_replication_group.cache.replication_group_id
        },
        {
          name  = "CACHE_USER"
          value = aws_elasticache_user.cache_checkout.user_id
        },
      ]
      mountPoints = [
        {
          sourceVolume  = "data"
          containerPath = "/data"
          readOnly      = false
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.checkout.name
          "awslogs-region"        = "eu-west-1"
          "awslogs-stream-prefix" = "canary"
        }
      }
    },
  ])

  cpu                      = "256"
  execution_role_arn       = aws_iam_role.checkout_execution.arn
  family                   = "plainwork-prod-checkout-canary"
  memory                   = "512"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  task_role_arn            = aws_iam_role.checkout_task.arn

  volume {
    name = "data"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.files.id
      transit_encryption = "ENABLED"

      authorization_config {
        access_point_id = aws_efs_access_point.files_data.id
        iam             = "ENABLED"
      }
    }
  }
}

resource "aws_ecs_service" "canary" {
  name                              = "canary"
  availability_zone_rebalancing     = "ENABLED"
  cluster                           = aws_ecs_cluster.checkout.arn
  desired_count                     = 1
  health_check_grace_period_seconds = 60
  launch_type                       = "FARGATE"
  propagate_tags                    = "SERVICE"
  task_definition                   = aws_ecs_task_definition.canary.arn
  wait_for_steady_state             = true

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  load_balancer {
    container_name   = "checkout"
    container_port   = 8080
    target_group_arn = aws_lb_target_group.front_canary.arn
  }

  network_configuration {
    security_groups = [aws_security_group.tasks.id]
    subnets         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  }

  lifecycle {
    ignore_changes = [desired_count]
  }

  depends_on = [
    aws_iam_role_policy.checkout_checkout_execution,
    aws_vpc_security_group_egress_rule.tasks_from_front,
    aws_vpc_security_group_egress_rule.tasks_endpoints,
    aws_vpc_security_group_egress_rule.tasks_layers,
    aws_vpc_security_group_egress_rule.files_tasks,
    aws_efs_mount_target.files_euw1_az1,
    aws_efs_mount_target.files_euw1_az2,
    aws_efs_mount_target.files_euw1_az3,
    aws_vpc_security_group_egress_rule.cache_tasks,
    aws_iam_role_policy.cache_checkout_task,
    aws_iam_role_policy.files_data_checkout_task,
    aws_lb_listener_rule.rollout,
  ]
}

resource "aws_appautoscaling_target" "canary" {
  max_capacity       = 10
  min_capacity       = 1
  resource_id        = "service/${aws_ecs_cluster.checkout.name}/${aws_ecs_service.canary.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}

resource "aws_appautoscaling_policy" "canary_cpu" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.canary.resource_id
  scalable_dimension = aws_appautoscaling_target.canary.scalable_dimension
  service_namespace  = aws_appautoscaling_target.canary.service_namespace

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "canary_requests" {
  name               = "requests"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.canary.resource_id
  scalable_dimension = aws_appautoscaling_target.canary.scalable_dimension
  service_namespace  = aws_appautoscaling_target.canary.service_namespace

  target_tracking_scaling_policy_configuration {
    target_value = 1000

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.front.arn_suffix}/${aws_lb_target_group.front_canary.arn_suffix}"
    }
  }
}
