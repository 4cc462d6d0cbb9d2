terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]
}

resource "aws_security_group" "tasks" {
  vpc_id = "vpc-0123456789abcdef0"
  name   = "tasks"
}

# AccessPoint files/data

resource "aws_efs_access_point" "files_data" {
  file_system_id = "fs-0123456789abcdef0"

  tags = {
    Name = "demo-files-data"
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
    sid     = "MountAccessPoint"
    actions = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]

    resources = [
      "arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-0123456789abcdef0",
    ]

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
  name   = "efs-demo-files-data"
  role   = "web"
  policy = data.aws_iam_policy_document.files_data_web.json
}

# ExistingFileSystem files

resource "aws_vpc_security_group_egress_rule" "files_tasks" {
  description                  = "tasks to files"
  from_port                    = 2049
  to_port                      = 2049
  ip_protocol                  = "tcp"
  referenced_security_group_id = "sg-0a1b2c3d4e5f60009"
  security_group_id            = aws_security_group.tasks.id
}
