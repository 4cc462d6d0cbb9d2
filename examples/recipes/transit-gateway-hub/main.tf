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
  alias               = "frankfurt"
  region              = "eu-central-1"
  allowed_account_ids = ["123456789012"]

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

resource "aws_ec2_transit_gateway" "ireland" {
  description                     = "Hub of ireland"
  amazon_side_asn                 = 64512
  default_route_table_association = "disable"
  default_route_table_propagation = "disable"

  tags = {
    Name = "ireland"
  }
}

resource "aws_ec2_transit_gateway_route_table" "ireland" {
  transit_gateway_id = aws_ec2_transit_gateway.ireland.id

  tags = {
    Name = "ireland"
  }
}

resource "aws_ram_resource_share" "ireland" {
  name                      = "hub-ireland"
  allow_external_principals = false
}

resource "aws_ram_resource_association" "ireland" {
  resource_arn       = aws_ec2_transit_gateway.ireland.arn
  resource_share_arn = aws_ram_resource_share.ireland.arn
}

resource "aws_ram_principal_association" "ireland" {
  principal          = "210987654321"
  resource_share_arn = aws_ram_resource_share.ireland.arn
}

resource "aws_ec2_transit_gateway" "frankfurt" {
  provider = aws.frankfurt

  description                     = "Hub of frankfurt"
  amazon_side_asn                 = 64513
  default_route_table_association = "disable"
  default_route_table_propagation = "disable"

  tags = {
    Name = "frankfurt"
  }
}

resource "aws_ec2_transit_gateway_route_table" "frankfurt" {
  provider = aws.frankfurt

  transit_gateway_id = aws_ec2_transit_gateway.frankfurt.id

  tags = {
    Name = "frankfurt"
  }
}

resource "aws_ram_resource_share" "frankfurt" {
  provider = aws.frankfurt

  name                      = "hub-frankfurt"
  allow_external_principals = false
}

resource "aws_ram_resource_association" "frankfurt" {
  provider = aws.frankfurt

  resource_arn       = aws_ec2_transit_gateway.frankfurt.arn
  resource_share_arn = aws_ram_resource_share.frankfurt.arn
}

resource "aws_ram_principal_association" "frankfurt" {
  provider = aws.frankfurt

  principal          = "210987654321"
  resource_share_arn = aws_ram_resource_share.frankfurt.arn
}

resource "aws_ec2_transit_gateway_peering_attachment" "frankfurt" {
  peer_region             = "eu-central-1"
  peer_transit_gateway_id = aws_ec2_transit_gateway.frankfurt.id
  transit_gateway_id      = aws_ec2_transit_gateway.ireland.id

  tags = {
    Name = "ireland-frankfurt"
  }
}

resource "aws_ec2_transit_gateway_peering_attachment_accepter" "ireland" {
  provider = aws.frankfurt

  transit_gateway_attachment_id = aws_ec2_transit_gateway_peering_attachment.frankfurt.id

  tags = {
    Name = "ireland-frankfurt"
  }
}

resource "aws_ec2_transit_gateway_route_table_association" "ireland_peering" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_peering_attachment_accepter.ireland.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.ireland.id
}

resource "aws_ec2_transit_gateway_route_table_association" "frankfurt_peering" {
  provider = aws.frankfurt

  transit_gateway_attachment_id  = aws_ec2_transit_gateway_peering_attachment_accepter.ireland.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.frankfurt.id
}

resource "aws_ec2_transit_gateway_route" "to_frankfurt" {
  destination_cidr_block         = "10.32.0.0/12"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_peering_attachment_accepter.ireland.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.ireland.id
}

resource "aws_ec2_transit_gateway_route" "to_ireland" {
  provider = aws.frankfurt

  destination_cidr_block         = "10.16.0.0/12"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_peering_attachment_accepter.ireland.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.frankfurt.id
}

resource "aws_ec2_transit_gateway_vpc_attachment" "main" {
  vpc_id                                          = "vpc-0123456789abcdef0"
  subnet_ids                                      = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
  transit_gateway_default_route_table_association = false
  transit_gateway_default_route_table_propagation = false
  transit_gateway_id                              = aws_ec2_transit_gateway.ireland.id

  tags = {
    Name = "main"
  }
}

resource "aws_ec2_transit_gateway_route_table_association" "main" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.main.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.ireland.id
}

resource "aws_ec2_transit_gateway_route_table_propagation" "main" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.main.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.ireland.id
}

resource "aws_route" "hub" {
  destination_cidr_block = "10.0.0.0/8"
  route_table_id         = "rtb-0a1b2c3d4e5f60001"
  transit_gateway_id     = aws_ec2_transit_gateway_vpc_attachment.main.transit_gateway_id
}
