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
  region = "eu-west-1"
}

# FileSystem files

resource "aws_efs_file_system" "files" {
  encrypted        = true
  kms_key_id       = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
  performance_mode = "generalPurpose"
  throughput_mode  = "bursting"

  tags = {
    Name = "acme-files"
  }

  lifecycle_policy {
    transition_to_ia = "AFTER_30_DAYS"
  }

  lifecycle_policy {
    transition_to_primary_storage_class = "AFTER_1_ACCESS"
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
    status = "DISABLED"
  }
}

resource "aws_security_group" "files" {
  vpc_id      = "vpc-0123456789abcdef0"
  name_prefix = "acme-files-"
  description = "NFS to acme-files"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "files_web" {
  description                  = "web to port 2049"
  from_port                    = 2049
  to_port                      = 2049
  ip_protocol                  = "tcp"
  referenced_security_group_id = "sg-0123456789abcdef0"
  security_group_id            = aws_security_group.files.id
}

resource "aws_vpc_security_group_ingress_rule" "files_office" {
  description       = "office to port 2049"
  from_port         = 2049
  to_port           = 2049
  ip_protocol       = "tcp"
  cidr_ipv4         = "10.0.0.0/16"
  security_group_id = aws_security_group.files.id
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

resource "aws_vpc_security_group_egress_rule" "files_web" {
  description                  = "web to files"
  from_port                    = 2049
  to_port                      = 2049
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.files.id
  security_group_id            = "sg-0123456789abcdef0"
}

resource "aws_cloudwatch_metric_alarm" "files_percent_io_limit" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The file system is close to its limit of operations per second, and requests are delayed. Distribute the files over several file systems, or send fewer and larger requests."
  alarm_name          = "acme-files-percent_io_limit"
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

resource "aws_cloudwatch_metric_alarm" "files_burst_credit_balance" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The burst credits last for less than an hour at 100 MiB/s. Without credits the throughput falls to 50 KiB/s for each GiB of storage. Set throughput_mode to elastic or provisioned."
  alarm_name          = "acme-files-burst_credit_balance"
  comparison_operator = "LessThanThreshold"

  dimensions = {
    FileSystemId = aws_efs_file_system.files.id
  }

  evaluation_periods = 3
  metric_name        = "BurstCreditBalance"
  namespace          = "AWS/EFS"
  period             = 300
  statistic          = "Minimum"
  threshold          = 377487360000
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "files_storage_bytes" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:pager"]
  alarm_description   = "The file system stores more than the threshold of this alarm. EFS has no storage quota: find the client that writes, or raise storage_bytes_threshold."
  alarm_name          = "acme-files-storage_bytes"
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
  threshold          = 10737418240
  treat_missing_data = "missing"
}

# AccessPoint files/shared

resource "aws_efs_access_point" "files_shared" {
  file_system_id = aws_efs_file_system.files.id

  tags = {
    Name = "acme-files-shared"
  }

  posix_user {
    gid            = 1000
    secondary_gids = [2000]
    uid            = 1000
  }

  root_directory {
    path = "/teams/shared"

    creation_info {
      owner_gid   = 2000
      owner_uid   = 0
      permissions = "2770"
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

data "aws_iam_policy_document" "files_shared_web" {
  statement {
    sid       = "MountAccessPoint"
    actions   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    resources = [aws_efs_file_system.files.arn]

    condition {
      test     = "StringEquals"
      variable = "elasticfilesystem:AccessPointArn"
      values   = [aws_efs_access_point.files_shared.arn]
    }

    condition {
      test     = "Bool"
      variable = "elasticfilesystem:AccessedViaMountTarget"
      values   = ["true"]
    }
  }
}

resource "aws_iam_role_policy" "files_shared_web" {
  name   = "efs-acme-files-shared"
  role   = "web"
  policy = data.aws_iam_policy_document.files_shared_web.json
}

# AccessPoint files/everything

resource "aws_efs_access_point" "files_everything" {
  file_system_id = aws_efs_file_system.files.id

  tags = {
    Name = "acme-files-everything"
  }

  posix_user {
    gid = 0
    uid = 0
  }

  root_directory {
    path = "/"
  }

  lifecycle {
    create_before_destroy = true
  }
}

data "aws_iam_policy_document" "files_everything_backup" {
  statement {
    sid = "MountAccessPoint"

    actions = [
      "elasticfilesystem:ClientMount",
      "elasticfilesystem:ClientWrite",
      "elasticfilesystem:ClientRootAccess",
    ]

    resources = [aws_efs_file_system.files.arn]

    condition {
      test     = "StringEquals"
      variable = "elasticfilesystem:AccessPointArn"
      values   = [aws_efs_access_point.files_everything.arn]
    }

    condition {
      test     = "Bool"
      variable = "elasticfilesystem:AccessedViaMountTarget"
      values   = ["true"]
    }
  }
}

resource "aws_iam_role_policy" "files_everything_backup" {
  name   = "efs-acme-files-everything"
  role   = "backup"
  policy = data.aws_iam_policy_document.files_everything_backup.json
}
