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
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

resource "aws_ecr_repository" "shop" {
  name                 = "shop"
  image_tag_mutability = "IMMUTABLE"

  encryption_configuration {
    encryption_type = "KMS"
  }

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "shop" {
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Keep the last releases"
        selection = {
          tagStatus      = "tagged"
          tagPatternList = ["*.*.*"]
          countType      = "imageCountMoreThan"
          countNumber    = 50
        }
        action = {
          type = "expire"
        }
      },
      {
        rulePriority = 2
        description  = "Remove builds"
        selection = {
          tagStatus   = "any"
          countType   = "sinceImagePushed"
          countUnit   = "days"
          countNumber = 14
        }
        action = {
          type = "expire"
        }
      },
    ]
  })

  repository = aws_ecr_repository.shop.name
}

data "aws_iam_policy_document" "push" {
  statement {
    sid       = "LogIn"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid = "PushImage"

    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:InitiateLayerUpload",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
    ]

    resources = [aws_ecr_repository.shop.arn]
  }
}

resource "aws_iam_policy" "push" {
  name   = "push-image-shop"
  policy = data.aws_iam_policy_document.push.json
}

resource "aws_cloudwatch_event_rule" "critical" {
  name = "shop-image-critical"

  event_pattern = jsonencode({
    source        = ["aws.ecr"]
    "detail-type" = ["ECR Image Scan"]
    detail = {
      "repository-name" = ["shop"]
      "finding-severity-counts" = {
        CRITICAL = [
          {
            numeric = [">", 0]
          },
        ]
      }
    }
  })
}

resource "aws_cloudwatch_event_target" "critical" {
  arn  = "arn:aws:sns:eu-west-1:123456789012:security"
  rule = aws_cloudwatch_event_rule.critical.name
}

output "push_policy_arn" {
  value = aws_iam_policy.push.arn
}

output "repository_url" {
  value = aws_ecr_repository.shop.repository_url
}
