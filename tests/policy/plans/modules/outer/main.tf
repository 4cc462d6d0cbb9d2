terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.there]
    }
  }
}

resource "aws_sqs_queue" "there" {
  provider = aws.there
  name     = "there"
}

resource "aws_sqs_queue" "default" {
  name = "default"
}

module "inner" {
  source    = "../queue"
  name      = "inner"
  providers = { aws = aws.there }
}
