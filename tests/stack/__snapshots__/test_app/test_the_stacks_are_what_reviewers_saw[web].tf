terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }

  backend "s3" {
    bucket              = "plainwork-prod-terraform-state"
    key                 = "prod/web.tfstate"
    region              = "eu-west-1"
    allowed_account_ids = ["123456789012"]
    encrypt             = true
    kms_key_id          = "arn:aws:kms:eu-west-1:123456789012:alias/plainwork-prod-terraform-state"
    use_lockfile        = true
  }
}

provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

resource "aws_cloudwatch_log_group" "web" {
  name              = "/web"
  retention_in_days = 90
}
