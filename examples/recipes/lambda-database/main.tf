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
      Owner       = "orders"
    }
  }
}

resource "aws_security_group" "store" {
  vpc_id      = "vpc-0123456789abcdef0"
  name        = "orders-prod-store"
  description = "Store"
}

resource "aws_security_group" "proxy" {
  vpc_id      = "vpc-0123456789abcdef0"
  name        = "orders-prod-proxy"
  description = "RDS Proxy"
}

resource "aws_vpc_security_group_egress_rule" "store_to_proxy" {
  description                  = "store_to_proxy"
  from_port                    = 5432
  to_port                      = 5432
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.proxy.id
  security_group_id            = aws_security_group.store.id
}

resource "aws_vpc_security_group_ingress_rule" "store_to_proxy" {
  description                  = "store_to_proxy"
  from_port                    = 5432
  to_port                      = 5432
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.store.id
  security_group_id            = aws_security_group.proxy.id
}

resource "aws_vpc_security_group_egress_rule" "proxy_to_database" {
  description                  = "proxy_to_database"
  from_port                    = 5432
  to_port                      = 5432
  ip_protocol                  = "tcp"
  referenced_security_group_id = "sg-0123456789abcdef0"
  security_group_id            = aws_security_group.proxy.id
}

resource "aws_vpc_security_group_ingress_rule" "proxy_to_database" {
  description                  = "proxy_to_database"
  from_port                    = 5432
  to_port                      = 5432
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.proxy.id
  security_group_id            = "sg-0123456789abcdef0"
}

data "aws_iam_policy_document" "proxy_trust" {
  statement {
    sid     = "Trust"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["rds.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "proxy" {
  name               = "orders-prod-proxy"
  assume_role_policy = data.aws_iam_policy_document.proxy_trust.json
}

data "aws_iam_policy_document" "proxy" {
  statement {
    sid       = "Read"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-prod/app-Ab12Cd"]
  }
}

resource "aws_iam_role_policy" "proxy" {
  name   = "secret"
  role   = aws_iam_role.proxy.name
  policy = data.aws_iam_policy_document.proxy.json
}

resource "aws_db_proxy" "orders" {
  name                   = "orders-prod"
  engine_family          = "POSTGRESQL"
  require_tls            = true
  role_arn               = aws_iam_role.proxy.arn
  vpc_security_group_ids = [aws_security_group.proxy.id]
  vpc_subnet_ids         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-prod/app-Ab12Cd"
  }
}

resource "aws_db_proxy_default_target_group" "orders" {
  db_proxy_name = aws_db_proxy.orders.name

  connection_pool_config {
    connection_borrow_timeout = 10
    max_connections_percent   = 80
  }
}

resource "aws_db_proxy_target" "orders" {
  db_instance_identifier = "orders-prod"
  db_proxy_name          = aws_db_proxy.orders.name
  target_group_name      = aws_db_proxy_default_target_group.orders.name
}

resource "aws_cloudwatch_log_group" "store" {
  name              = "/aws/lambda/orders-prod-store"
  retention_in_days = 30
}

data "aws_iam_policy_document" "store_trust" {
  statement {
    sid     = "Trust"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "store" {
  name               = "orders-prod-store"
  assume_role_policy = data.aws_iam_policy_document.store_trust.json
}

data "aws_iam_policy_document" "store" {
  statement {
    sid     = "Connect"
    actions = ["rds-db:connect"]

    resources = [
      "arn:aws:rds-db:eu-west-1:123456789012:dbuser:${split(":", aws_db_proxy.orders.arn)[6]}/orders_app",
    ]
  }

  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.store.arn}:*"]
  }
}

resource "aws_iam_role_policy" "store" {
  name   = "store"
  role   = aws_iam_role.store.name
  policy = data.aws_iam_policy_document.store.json
}

resource "aws_iam_role_policy_attachment" "interfaces" {
  role       = aws_iam_role.store.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaENIManagementAccess"
}

resource "aws_lambda_function" "store" {
  role                           = aws_iam_role.store.arn
  architectures                  = ["arm64"]
  function_name                  = "orders-prod-store"
  handler                        = "store.handler"
  reserved_concurrent_executions = 50
  runtime                        = "python3.13"
  s3_bucket                      = "example-prod-artifacts"
  s3_key                         = "orders-store/7c1f2ab.zip"
  timeout                        = 15

  environment {
    variables = {
      DATABASE_HOST = aws_db_proxy.orders.endpoint
      DATABASE_USER = "orders_app"
    }
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.store.name
  }

  vpc_config {
    security_group_ids = [aws_security_group.store.id]
    subnet_ids         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  }

  depends_on = [aws_iam_role_policy_attachment.interfaces]
}

resource "aws_cloudwatch_metric_alarm" "DatabaseConnectionsBorrowLatency" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "orders-prod-DatabaseConnectionsBorrowLatency"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    ProxyName = aws_db_proxy.orders.name
  }

  evaluation_periods = 3
  metric_name        = "DatabaseConnectionsBorrowLatency"
  namespace          = "AWS/RDS"
  period             = 60
  statistic          = "Average"
  threshold          = 1000000
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "DatabaseConnectionsCurrentlySessionPinned" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "orders-prod-DatabaseConnectionsCurrentlySessionPinned"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    ProxyName = aws_db_proxy.orders.name
  }

  evaluation_periods = 3
  metric_name        = "DatabaseConnectionsCurrentlySessionPinned"
  namespace          = "AWS/RDS"
  period             = 60
  statistic          = "Sum"
  threshold          = 20
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "ClientConnectionsSetupFailedAuth" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  alarm_name          = "orders-prod-ClientConnectionsSetupFailedAuth"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    ProxyName = aws_db_proxy.orders.name
  }

  evaluation_periods = 3
  metric_name        = "ClientConnectionsSetupFailedAuth"
  namespace          = "AWS/RDS"
  period             = 60
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}
