# Values that are known only after apply; data sources read while planning and data sources that wait.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true

  default_tags {
    tags = { Account = aws_s3_bucket.logs.id }
  }
}

resource "aws_s3_bucket" "logs" {
  provider      = aws.plain
  bucket_prefix = "logs-"
}

provider "aws" {
  alias                       = "plain"
  region                      = "eu-west-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

data "aws_iam_policy_document" "read_now" {
  provider = aws.plain
  statement {
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::logs/*"]
  }
}

data "aws_iam_policy_document" "waits" {
  provider = aws.plain
  statement {
    sid       = "List"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.logs.arn]
  }
  statement {
    sid       = "Everything"
    actions   = ["iam:*"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "waits" {
  provider = aws.plain
  name     = "waits"
  policy   = data.aws_iam_policy_document.waits.json
  tags = {
    Owner  = "platform"
    Bucket = aws_s3_bucket.logs.id
  }
}

module "inner" {
  source    = "./inner"
  count     = 1
  bucket    = aws_s3_bucket.logs.arn
  providers = { aws = aws.plain }
}
