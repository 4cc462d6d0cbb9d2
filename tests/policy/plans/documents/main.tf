# Policy documents that are known only after apply, inside and across modules, and arguments that are left to AWS.

provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
}

resource "aws_s3_bucket" "reports" {}

resource "aws_sqs_queue" "orders" {}

resource "aws_kms_key" "reports" {}

data "aws_iam_policy_document" "reports" {
  statement {
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.reports.arn]
  }
}

module "team" {
  source   = "./team"
  for_each = toset(["a.b", "c"])
  policy   = data.aws_iam_policy_document.reports.json
  bucket   = aws_s3_bucket.reports.arn
}
