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

resource "aws_db_subnet_group" "shop" {
  name       = "shop"
  subnet_ids = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
}

resource "aws_rds_cluster_parameter_group" "shop" {
  name   = "shop"
  family = "aurora-mysql8.0"

  parameter {
    name  = "require_secure_transport"
    value = "ON"
  }

  parameter {
    name  = "slow_query_log"
    value = "1"
  }
}

resource "aws_cloudwatch_log_group" "error" {
  name              = "/aws/rds/cluster/shop/error"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_group" "slowquery" {
  name              = "/aws/rds/cluster/shop/slowquery"
  retention_in_days = 365
}

resource "aws_rds_cluster" "shop" {
  engine                              = "aurora-mysql"
  engine_version                      = "8.0.mysql_aurora.3.10.0"
  backtrack_window                    = 86400
  backup_retention_period             = 14
  cluster_identifier                  = "shop"
  copy_tags_to_snapshot               = true
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.shop.name
  db_subnet_group_name                = aws_db_subnet_group.shop.name
  deletion_protection                 = true
  enabled_cloudwatch_logs_exports     = ["error", "slowquery"]
  final_snapshot_identifier           = "shop-final"
  iam_database_authentication_enabled = true
  manage_master_user_password         = true
  master_username                     = "dba"
  storage_encrypted                   = true
  vpc_security_group_ids              = ["sg-0123456789abcdef0"]

  depends_on = [aws_cloudwatch_log_group.error, aws_cloudwatch_log_group.slowquery]
}

resource "aws_rds_cluster_instance" "shop_1" {
  engine                     = aws_rds_cluster.shop.engine
  auto_minor_version_upgrade = true
  cluster_identifier         = aws_rds_cluster.shop.id
  identifier                 = "shop-1"
  instance_class             = "db.r7g.large"
}

resource "aws_rds_cluster_instance" "shop_2" {
  engine                     = aws_rds_cluster.shop.engine
  auto_minor_version_upgrade = true
  cluster_identifier         = aws_rds_cluster.shop.id
  identifier                 = "shop-2"
  instance_class             = "db.r7g.large"
}

resource "aws_cloudwatch_metric_alarm" "backtrack_window" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_name          = "shop-backtrack-window"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    DBClusterIdentifier = aws_rds_cluster.shop.cluster_identifier
    Role                = "WRITER"
  }

  evaluation_periods = 1
  metric_name        = "BacktrackWindowAlert"
  namespace          = "AWS/RDS"
  period             = 300
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "backtrack_changes" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_name          = "shop-backtrack-changes"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    DBClusterIdentifier = aws_rds_cluster.shop.cluster_identifier
  }

  evaluation_periods = 1
  metric_name        = "BacktrackChangeRecordsCreationRate"
  namespace          = "AWS/RDS"
  period             = 300
  statistic          = "Average"
  threshold          = 5000000
  treat_missing_data = "notBreaching"
}
