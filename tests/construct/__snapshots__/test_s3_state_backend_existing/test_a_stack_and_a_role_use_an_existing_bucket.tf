terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  backend "s3" {
    bucket              = "acme-terraform-state"
    key                 = "prod/web.tfstate"
    region              = "eu-west-1"
    allowed_account_ids = ["123456789012"]
    encrypt             = true
    kms_key_id          = "arn:aws:kms:eu-west-1:123456789012:alias/acme-terraform-state"
    use_lockfile        = true
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]
}

# ExistingStateBackend state

data "aws_iam_policy_document" "state_prod_web_apply" {
  statement {
    sid       = "FindState"
    actions   = ["s3:ListBucket"]
    resources = ["arn:aws:s3:::acme-terraform-state"]

    condition {
      test     = "StringEqualsIfExists"
      variable = "s3:prefix"
      values   = ["prod/web.tfstate"]
    }
  }

  statement {
    sid       = "UseState"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["arn:aws:s3:::acme-terraform-state/prod/web.tfstate"]
  }

  statement {
    sid       = "UseLockFile"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["arn:aws:s3:::acme-terraform-state/prod/web.tfstate.tflock"]
  }

  statement {
    sid       = "UseKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = ["arn:aws:kms:eu-west-1:123456789012:key/*"]

    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "kms:ResourceAliases"
      values   = ["alias/acme-terraform-state"]
    }

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.eu-west-1.amazonaws.com"]
    }
  }
}

resource "aws_iam_policy" "state_prod_web_apply" {
  name        = "acme-terraform-state-prod-web-apply"
  description = "Terraform state prod/web.tfstate: apply"
  policy      = data.aws_iam_policy_document.state_prod_web_apply.json
}

resource "aws_iam_role_policy_attachment" "state_prod_web_apply_web_deploy" {
  role       = "web-deploy"
  policy_arn = aws_iam_policy.state_prod_web_apply.arn
}
