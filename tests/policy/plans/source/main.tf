# A plan that hides policy documents, because the ARN of a bucket is known only after apply.
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
  backend "s3" {
    bucket       = "state"
    key          = "app/terraform.tfstate"
    region       = "eu-west-1"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region                      = "eu-west-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true

  default_tags {
    tags = merge(var.tags, { Owner = "platform" })
  }
}

variable "tags" {
  type    = map(string)
  default = { Environment = "test" }
}

variable "actions" {
  type    = list(string)
  default = ["s3:*"]
}

variable "token" {
  type      = string
  sensitive = true
  default   = "s3:GetObjectTagging"
}

resource "aws_s3_bucket" "data" {
  bucket_prefix = "data-"
}

resource "aws_iam_policy" "wide" {
  name = "wide"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "${aws_s3_bucket.data.arn}/*" }]
  })
}

resource "aws_iam_policy" "narrow" {
  name = "narrow"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.data.arn}/*" }]
  })
}

resource "aws_iam_policy" "from_variable" {
  name = "from-variable"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = var.actions, Resource = aws_s3_bucket.data.arn }]
  })
}

resource "aws_iam_policy" "shown" {
  name = "shown"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::other/*" }]
  })
}

resource "aws_iam_policy" "sensitive" {
  name = "sensitive"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:*", var.token], Resource = aws_s3_bucket.data.arn }]
  })
}

resource "aws_iam_policy" "each" {
  for_each = { read = "s3:GetObject", all = "s3:*" }
  name     = each.key
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = each.value, Resource = aws_s3_bucket.data.arn }]
  })
}

data "aws_arn" "read" {
  arn = "arn:aws:s3:::shared"
}

resource "aws_iam_policy" "planned" {
  name = "planned"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "${data.aws_arn.read.service}:*", Resource = aws_s3_bucket.data.arn }]
  })
}

resource "aws_iam_role" "sorted" {
  name = "sorted"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })

  inline_policy {
    name = "b"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "s3:*", Resource = aws_s3_bucket.data.arn }]
    })
  }

  inline_policy {
    name = "a"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = aws_s3_bucket.data.arn }]
    })
  }
}

resource "aws_db_instance" "main" {
  instance_class      = "db.t4g.micro"
  allocated_storage   = 20
  engine              = "postgres"
  username            = "admin1"
  password            = "correct-horse-battery"
  skip_final_snapshot = true

  lifecycle {
    ignore_changes = [tags]
  }
}

module "team" {
  source   = "./team"
  for_each = { blue = "s3:*", green = "s3:GetObject" }

  action     = each.value
  bucket_arn = aws_s3_bucket.data.arn
}
