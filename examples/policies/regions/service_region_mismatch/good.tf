provider "aws" {
  region = "eu-west-1"
}

data "aws_iam_policy_document" "logs" {
  statement {
    actions   = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.eu-west-1.amazonaws.com"]
    }
  }
}

resource "aws_kms_key" "logs" {
  description         = "Log groups of the web application"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.logs.json
}

resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name      = "web"
    image     = "nginx:1.29"
    essential = true
    memory    = 256

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group  = "web"
        awslogs-region = "eu-west-1"
      }
    }
  }])
}
