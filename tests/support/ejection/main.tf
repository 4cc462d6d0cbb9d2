terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

variable "team" {
  type    = string
  default = "shop"
}

locals {
  topics = {
    orders   = { display = "Orders", fifo = false }
    payments = { display = "Payments", fifo = false }
  }
}

module "topic" {
  for_each = local.topics
  source   = "./modules/topic"
  name     = "${var.team}-${each.key}"
  display  = each.value.display
  tags     = { Kind = each.key }
}

module "pair" {
  source   = "./modules/pair"
  for_each = toset(["blue", "green"])
  color    = each.key
  names    = ["a", "b"]
  providers = {
    aws       = aws
    aws.other = aws.west
  }
  depends_on = [aws_sns_topic.before]
}

module "numbered" {
  source  = "./modules/topic"
  count   = 2
  name    = "n-${count.index}"
  display = "N"
}

module "maybe" {
  source  = "./modules/topic"
  count   = 1
  name    = "maybe"
  display = "M"
}

module "off" {
  source  = "./modules/topic"
  count   = 0
  name    = "off"
  display = "O"
}

resource "aws_sns_topic" "before" {
  name = "before"
}

resource "aws_ssm_parameter" "arns" {
  for_each = local.topics
  name     = "/topics/${each.key}"
  type     = "String"
  value    = module.topic[each.key].arn
}

resource "aws_ssm_parameter" "all" {
  name  = "/all"
  type  = "String"
  value = jsonencode({ for name, topic in module.topic : name => topic.arn })

  depends_on = [module.pair, aws_sns_topic.before]
}

output "orders" {
  value = module.topic["orders"].arn
}

output "numbered" {
  value = module.numbered[*].arn
}

output "maybe" {
  value = one(module.maybe[*].arn)
}

output "off" {
  value = length(module.off)
}

output "pairs" {
  value     = { for color, pair in module.pair : color => pair.secrets }
  sensitive = true
}

output "text" {
  value = <<-EOT
    blue: ${module.pair["blue"].first}
    maybe: ${module.maybe[0].arn}
  EOT
}
