# What a plan contains beside the changes of resources: outputs, checks, a resource that it drops from the state.
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
}

variable "retention_in_days" {
  type    = number
  default = 7
}

removed {
  from = aws_cloudwatch_log_group.kept

  lifecycle {
    destroy = false
  }
}

resource "aws_cloudwatch_log_group" "app" {
  name              = "/app"
  retention_in_days = var.retention_in_days

  lifecycle {
    postcondition {
      condition     = self.arn != ""
      error_message = "The log group has no ARN."
    }
  }
}

check "retention" {
  assert {
    condition     = var.retention_in_days >= 30
    error_message = "Logs are kept for ${var.retention_in_days} days."
  }
}

output "log_group_arn" {
  value = aws_cloudwatch_log_group.app.arn
}

output "retention_in_days" {
  value = var.retention_in_days
}
