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

provider "aws" {
  alias               = "participant"
  region              = "eu-west-1"
  allowed_account_ids = ["210987654321"]

  assume_role {
    role_arn = "arn:aws:iam::210987654321:role/describe-zones"
  }

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

data "aws_availability_zones" "owner" {
  filter {
    name   = "zone-id"
    values = ["euw1-az1", "euw1-az2", "euw1-az3"]
  }
}

data "aws_availability_zones" "participant" {
  provider = aws.participant

  filter {
    name   = "zone-id"
    values = ["euw1-az1", "euw1-az2", "euw1-az3"]
  }
}

resource "aws_ram_resource_share" "subnets" {
  name                      = "workload"
  allow_external_principals = false
}

data "aws_subnet" "az1" {
  id = "subnet-0a1b2c3d4e5f60001"

  lifecycle {
    postcondition {
      condition     = self.availability_zone_id == "euw1-az1"
      error_message = "subnet-0a1b2c3d4e5f60001 is in ${self.availability_zone_id}, not in euw1-az1."
    }
  }
}

resource "aws_ram_resource_association" "az1" {
  resource_arn       = data.aws_subnet.az1.arn
  resource_share_arn = aws_ram_resource_share.subnets.arn

  lifecycle {
    precondition {
      condition     = contains(data.aws_availability_zones.participant.zone_ids, "euw1-az1")
      error_message = "Account 210987654321 has no zone euw1-az1."
    }
  }
}

data "aws_subnet" "az2" {
  id = "subnet-0a1b2c3d4e5f60002"

  lifecycle {
    postcondition {
      condition     = self.availability_zone_id == "euw1-az2"
      error_message = "subnet-0a1b2c3d4e5f60002 is in ${self.availability_zone_id}, not in euw1-az2."
    }
  }
}

resource "aws_ram_resource_association" "az2" {
  resource_arn       = data.aws_subnet.az2.arn
  resource_share_arn = aws_ram_resource_share.subnets.arn

  lifecycle {
    precondition {
      condition     = contains(data.aws_availability_zones.participant.zone_ids, "euw1-az2")
      error_message = "Account 210987654321 has no zone euw1-az2."
    }
  }
}

data "aws_subnet" "az3" {
  id = "subnet-0a1b2c3d4e5f60003"

  lifecycle {
    postcondition {
      condition     = self.availability_zone_id == "euw1-az3"
      error_message = "subnet-0a1b2c3d4e5f60003 is in ${self.availability_zone_id}, not in euw1-az3."
    }
  }
}

resource "aws_ram_resource_association" "az3" {
  resource_arn       = data.aws_subnet.az3.arn
  resource_share_arn = aws_ram_resource_share.subnets.arn

  lifecycle {
    precondition {
      condition     = contains(data.aws_availability_zones.participant.zone_ids, "euw1-az3")
      error_message = "Account 210987654321 has no zone euw1-az3."
    }
  }
}

resource "aws_ram_principal_association" "participant" {
  principal          = "210987654321"
  resource_share_arn = aws_ram_resource_share.subnets.arn
}

output "owner_zone_names" {
  description = "The zone names in the account of the owner, by zone ID"

  value = zipmap(
    data.aws_availability_zones.owner.zone_ids,
    data.aws_availability_zones.owner.names
  )
}

output "participant_zone_names" {
  description = "The zone names in the account of the participant, by zone ID"

  value = zipmap(
    data.aws_availability_zones.participant.zone_ids,
    data.aws_availability_zones.participant.names
  )
}
