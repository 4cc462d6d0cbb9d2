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
  performance_mode = "generalPurpose"
  throughput_mode  = "elastic"

  tags = {
    Name = "acme-files"
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

resource "aws_efs_mount_target" "files_euw1_az1" {
  file_system_id  = aws_efs_file_system.files.id
  security_groups = [aws_security_group.files.id]
  subnet_id       = "subnet-0a1b2c3d4e5f60001"

  depends_on = [aws_efs_file_system_policy.files]
}

# AccessPoint files/data

resource "aws_efs_access_point" "files_data" {
  file_system_id = aws_efs_file_system.files.id

  tags = {
    Name = "acme-files-data"
  }

  posix_user {
    gid = 1000
    uid = 1000
  }

  root_directory {
    path = "/data"

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

data "aws_iam_policy_document" "files_data_web" {
  statement {
    sid       = "MountAccessPoint"
    actions   = ["elasticfilesystem:ClientMount"]
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

resource "aws_iam_role_policy" "files_data_web" {
  name   = "efs-acme-files-data"
  role   = "web"
  policy = data.aws_iam_policy_document.files_data_web.json
}
