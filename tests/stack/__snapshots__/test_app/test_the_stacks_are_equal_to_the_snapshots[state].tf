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
    key                 = "prod/state.tfstate"
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

# S3StateBackend state

resource "aws_s3_bucket" "state" {
  bucket = "plainwork-prod-state-123456789012-eu-west-1"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_public_access_block" "state" {
  bucket                  = aws_s3_bucket.state.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "state" {
  bucket = aws_s3_bucket.state.id

  versioning_configuration {
    status = "Enabled"
  }
}

data "aws_iam_policy_document" "state_key" {
  statement {
    sid = "AdministerKey"

    actions = [
      "kms:CancelKeyDeletion",
      "kms:CreateAlias",
      "kms:DeleteAlias",
      "kms:DescribeKey",
      "kms:DisableKey",
      "kms:DisableKeyRotation",
      "kms:EnableKey",
      "kms:EnableKeyRotation",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListKeyPolicies",
      "kms:ListKeyRotations",
      "kms:ListResourceTags",
      "kms:PutKeyPolicy",
      "kms:RotateKeyOnDemand",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateAlias",
      "kms:UpdateKeyDescription",
    ]

    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }
  }

  statement {
    sid       = "UseKeyThroughS3"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.eu-west-1.amazonaws.com"]
    }
  }
}

resource "aws_kms_key" "state" {
  description             = "Terraform state in plainwork-prod-state-123456789012-eu-west-1"
  policy                  = data.aws_iam_policy_document.state_key.json
  deletion_window_in_days = 30
  enable_key_rotation     = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "state" {
  name          = "alias/plainwork-prod-state-123456789012-eu-west-1"
  target_key_id = aws_kms_key.state.key_id
}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      kms_master_key_id = aws_kms_key.state.arn
      sse_algorithm     = "aws:kms"
    }
  }
}

data "aws_iam_policy_document" "state_bucket" {
  statement {
    sid       = "DenyPlainHttp"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.state.arn, "${aws_s3_bucket.state.arn}/*"]

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
    sid       = "DenyOldTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.state.arn, "${aws_s3_bucket.state.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "NumericLessThan"
      variable = "s3:TlsVersion"
      values   = ["1.2"]
    }
  }

  statement {
    sid       = "DenyOtherEncryption"
    effect    = "Deny"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Null"
      variable = "s3:x-amz-server-side-encryption"
      values   = ["false"]
    }

    condition {
      test     = "StringNotEquals"
      variable = "s3:x-amz-server-side-encryption"
      values   = ["aws:kms"]
    }
  }

  statement {
    sid       = "DenyOtherKeys"
    effect    = "Deny"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Null"
      variable = "s3:x-amz-server-side-encryption"
      values   = ["false"]
    }

    condition {
      test     = "StringNotEquals"
      variable = "s3:x-amz-server-side-encryption-aws-kms-key-id"
      values   = [aws_kms_key.state.arn, aws_kms_alias.state.arn]
    }
  }

  statement {
    sid       = "DenyCustomerKeys"
    effect    = "Deny"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Null"
      variable = "s3:x-amz-server-side-encryption-customer-algorithm"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "state" {
  bucket = aws_s3_bucket.state.id
  policy = data.aws_iam_policy_document.state_bucket.json
}

resource "aws_s3_bucket_lifecycle_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    id     = "keep-replaced-states"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }

    noncurrent_version_expiration {
      newer_noncurrent_versions = 50
      noncurrent_days           = 90
    }
  }

  rule {
    id     = "expire-locks-of-prod-checkout"
    status = "Enabled"

    filter {
      prefix = "prod/checkout.tfstate.tflock"
    }

    expiration {
      expired_object_delete_marker = true
    }

    noncurrent_version_expiration {
      noncurrent_days = 1
    }
  }

  rule {
    id     = "expire-locks-of-prod-network"
    status = "Enabled"

    filter {
      prefix = "prod/network.tfstate.tflock"
    }

    expiration {
      expired_object_delete_marker = true
    }

    noncurrent_version_expiration {
      noncurrent_days = 1
    }
  }

  rule {
    id     = "expire-locks-of-prod-state"
    status = "Enabled"

    filter {
      prefix = "prod/state.tfstate.tflock"
    }

    expiration {
      expired_object_delete_marker = true
    }

    noncurrent_version_expiration {
      noncurrent_days = 1
    }
  }

  depends_on = [aws_s3_bucket_versioning.state]
}

data "aws_iam_policy_document" "state_prod_network_plan" {
  statement {
    sid       = "FindState"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.state.arn]

    condition {
      test     = "StringEqualsIfExists"
      variable = "s3:prefix"
      values   = ["prod/network.tfstate"]
    }
  }

  statement {
    sid       = "UseState"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.state.arn}/prod/network.tfstate"]
  }

  statement {
    sid       = "UseLockFile"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/prod/network.tfstate.tflock"]
  }

  statement {
    sid       = "UseKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.state.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.eu-west-1.amazonaws.com"]
    }
  }
}

resource "aws_iam_policy" "state_prod_network_plan" {
  name        = "plainwork-prod-state-123456789012-eu-west-1-prod-network-plan"
  description = "Terraform state prod/network.tfstate: plan"
  policy      = data.aws_iam_policy_document.state_prod_network_plan.json
}

resource "aws_iam_role_policy_attachment" "state_prod_network_plan_network_plan" {
  role       = aws_iam_role.network_plan.name
  policy_arn = aws_iam_policy.state_prod_network_plan.arn
}

data "aws_iam_policy_document" "state_prod_network_apply" {
  statement {
    sid       = "FindState"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.state.arn]

    condition {
      test     = "StringEqualsIfExists"
      variable = "s3:prefix"
      values   = ["prod/network.tfstate"]
    }
  }

  statement {
    sid       = "UseState"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/prod/network.tfstate"]
  }

  statement {
    sid       = "UseLockFile"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/prod/network.tfstate.tflock"]
  }

  statement {
    sid       = "UseKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.state.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.eu-west-1.amazonaws.com"]
    }
  }
}

resource "aws_iam_policy" "state_prod_network_apply" {
  name        = "plainwork-prod-state-123456789012-eu-west-1-prod-network-apply"
  description = "Terraform state prod/network.tfstate: apply"
  policy      = data.aws_iam_policy_document.state_prod_network_apply.json
}

resource "aws_iam_role_policy_attachment" "state_prod_network_apply_network_apply" {
  role       = aws_iam_role.network_apply.name
  policy_arn = aws_iam_policy.state_prod_network_apply.arn
}

data "aws_iam_policy_document" "state_prod_checkout_plan" {
  statement {
    sid       = "FindState"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.state.arn]

    condition {
      test     = "StringEqualsIfExists"
      variable = "s3:prefix"
      values   = ["prod/checkout.tfstate"]
    }
  }

  statement {
    sid       = "UseState"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.state.arn}/prod/checkout.tfstate"]
  }

  statement {
    sid       = "UseLockFile"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/prod/checkout.tfstate.tflock"]
  }

  statement {
    sid       = "UseKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.state.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.eu-west-1.amazonaws.com"]
    }
  }

  statement {
    sid       = "FindReadStates"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.state.arn]

    condition {
      test     = "StringEquals"
      variable = "s3:prefix"
      values   = ["prod/network.tfstate"]
    }
  }

  statement {
    sid       = "ReadStates"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.state.arn}/prod/network.tfstate"]
  }
}

resource "aws_iam_policy" "state_prod_checkout_plan" {
  name        = "plainwork-prod-state-123456789012-eu-west-1-prod-checkout-plan"
  description = "Terraform state prod/checkout.tfstate: plan"
  policy      = data.aws_iam_policy_document.state_prod_checkout_plan.json
}

resource "aws_iam_role_policy_attachment" "state_prod_checkout_plan_checkout_plan" {
  role       = aws_iam_role.checkout_plan.name
  policy_arn = aws_iam_policy.state_prod_checkout_plan.arn
}

data "aws_iam_policy_document" "state_prod_checkout_apply" {
  statement {
    sid       = "FindState"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.state.arn]

    condition {
      test     = "StringEqualsIfExists"
      variable = "s3:prefix"
      values   = ["prod/checkout.tfstate"]
    }
  }

  statement {
    sid       = "UseState"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/prod/checkout.tfstate"]
  }

  statement {
    sid       = "UseLockFile"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/prod/checkout.tfstate.tflock"]
  }

  statement {
    sid       = "UseKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.state.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.eu-west-1.amazonaws.com"]
    }
  }

  statement {
    sid       = "FindReadStates"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.state.arn]

    condition {
      test     = "StringEquals"
      variable = "s3:prefix"
      values   = ["prod/network.tfstate"]
    }
  }

  statement {
    sid       = "ReadStates"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.state.arn}/prod/network.tfstate"]
  }
}

resource "aws_iam_policy" "state_prod_checkout_apply" {
  name        = "plainwork-prod-state-123456789012-eu-west-1-prod-checkout-apply"
  description = "Terraform state prod/checkout.tfstate: apply"
  policy      = data.aws_iam_policy_document.state_prod_checkout_apply.json
}

resource "aws_iam_role_policy_attachment" "state_prod_checkout_apply_checkout_apply" {
  role       = aws_iam_role.checkout_apply.name
  policy_arn = aws_iam_policy.state_prod_checkout_apply.arn
}

# Directly in the stack

data "aws_iam_policy_document" "network_plan" {
  statement {
    sid     = "LetCiAssume"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:PrincipalArn"
      values   = ["arn:aws:iam::123456789012:role/ci"]
    }
  }
}

resource "aws_iam_role" "network_plan" {
  name               = "plainwork-prod-network-plan-eu-west-1"
  assume_role_policy = data.aws_iam_policy_document.network_plan.json
}

data "aws_iam_policy_document" "network_apply" {
  statement {
    sid     = "LetCiAssume"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:PrincipalArn"
      values   = ["arn:aws:iam::123456789012:role/ci"]
    }
  }
}

resource "aws_iam_role" "network_apply" {
  name               = "plainwork-prod-network-apply-eu-west-1"
  assume_role_policy = data.aws_iam_policy_document.network_apply.json
}

data "aws_iam_policy_document" "checkout_plan" {
  statement {
    sid     = "LetCiAssume"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:PrincipalArn"
      values   = ["arn:aws:iam::123456789012:role/ci"]
    }
  }
}

resource "aws_iam_role" "checkout_plan" {
  name               = "plainwork-prod-checkout-plan-eu-west-1"
  assume_role_policy = data.aws_iam_policy_document.checkout_plan.json
}

data "aws_iam_policy_document" "checkout_apply" {
  statement {
    sid     = "LetCiAssume"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:PrincipalArn"
      values   = ["arn:aws:iam::123456789012:role/ci"]
    }
  }
}

resource "aws_iam_role" "checkout_apply" {
  name               = "plainwork-prod-checkout-apply-eu-west-1"
  assume_role_policy = data.aws_iam_policy_document.checkout_apply.json
}
