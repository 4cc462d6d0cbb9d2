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

# ServiceAccountRole csi_node

data "aws_iam_policy_document" "csi_node_trust" {
  statement {
    sid     = "TrustServiceAccount"
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type = "Federated"

      identifiers = [
        "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
      ]
    }

    condition {
      test     = "StringEquals"
      variable = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:sub"
      values   = ["system:serviceaccount:kube-system:efs-csi-node-sa"]
    }
  }
}

resource "aws_iam_role" "csi_node" {
  name               = "acme-csi-node"
  assume_role_policy = data.aws_iam_policy_document.csi_node_trust.json
}

# ServiceAccountRole csi_controller

data "aws_iam_policy_document" "csi_controller_trust" {
  statement {
    sid     = "TrustServiceAccount"
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type = "Federated"

      identifiers = [
        "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
      ]
    }

    condition {
      test     = "StringEquals"
      variable = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:sub"
      values   = ["system:serviceaccount:kube-system:efs-csi-controller-sa"]
    }
  }
}

resource "aws_iam_role" "csi_controller" {
  name               = "acme-csi-controller"
  assume_role_policy = data.aws_iam_policy_document.csi_controller_trust.json
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

data "aws_iam_policy_document" "files_data_csi_node" {
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

resource "aws_iam_role_policy" "files_data_csi_node" {
  name   = "efs-acme-files-data"
  role   = aws_iam_role.csi_node.name
  policy = data.aws_iam_policy_document.files_data_csi_node.json
}

# CsiDynamicProvisioning files/csi

data "aws_iam_policy_document" "files_csi_csi_controller" {
  statement {
    sid = "Describe"

    actions = [
      "elasticfilesystem:DescribeAccessPoints",
      "elasticfilesystem:DescribeFileSystems",
      "elasticfilesystem:DescribeMountTargets",
    ]

    resources = [
      aws_efs_file_system.files.arn,
      "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/*",
    ]
  }

  statement {
    sid       = "CreateTaggedAccessPoints"
    actions   = ["elasticfilesystem:CreateAccessPoint"]
    resources = [aws_efs_file_system.files.arn]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/efs.csi.aws.com/cluster"
      values   = ["true"]
    }
  }

  statement {
    sid     = "TagOnCreation"
    actions = ["elasticfilesystem:TagResource"]

    resources = [
      aws_efs_file_system.files.arn,
      "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/*",
    ]

    condition {
      test     = "StringEquals"
      variable = "elasticfilesystem:CreateAction"
      values   = ["CreateAccessPoint"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/efs.csi.aws.com/cluster"
      values   = ["true"]
    }
  }

  statement {
    sid       = "DeleteItsAccessPoints"
    actions   = ["elasticfilesystem:DeleteAccessPoint"]
    resources = ["arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/efs.csi.aws.com/cluster"
      values   = ["true"]
    }
  }
}

resource "aws_iam_role_policy" "files_csi_csi_controller" {
  name   = "efs-acme-files-csi-controller"
  role   = aws_iam_role.csi_controller.name
  policy = data.aws_iam_policy_document.files_csi_csi_controller.json
}

data "aws_iam_policy_document" "files_csi_csi_node" {
  statement {
    sid       = "MountEveryAccessPoint"
    actions   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    resources = [aws_efs_file_system.files.arn]

    condition {
      test     = "StringLike"
      variable = "elasticfilesystem:AccessPointArn"
      values   = ["arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/*"]
    }

    condition {
      test     = "Bool"
      variable = "elasticfilesystem:AccessedViaMountTarget"
      values   = ["true"]
    }
  }
}

resource "aws_iam_role_policy" "files_csi_csi_node" {
  name   = "efs-acme-files-csi-node"
  role   = aws_iam_role.csi_node.name
  policy = data.aws_iam_policy_document.files_csi_csi_node.json
}
