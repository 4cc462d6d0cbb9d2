variable "name" {
  type = string
}

variable "queues" {
  type    = map(string)
  default = {}
}

module "topic" {
  source  = "acme/topic/aws"
  version = "~> 1.0"
  name    = "${var.name}-alarms"
}

module "subscription" {
  source   = "./subscription"
  for_each = var.queues
  topic    = module.topic.arn
  queue    = each.value
}

output "arn" {
  value = module.topic.arn
}
