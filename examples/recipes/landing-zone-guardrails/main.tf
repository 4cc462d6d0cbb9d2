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

resource "aws_organizations_organization" "this" {
  aws_service_access_principals = ["cloudtrail.amazonaws.com", "tagpolicies.tag.amazonaws.com"]
  enabled_policy_types          = ["SERVICE_CONTROL_POLICY", "TAG_POLICY"]
  feature_set                   = "ALL"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_organizations_organizational_unit" "security" {
  name      = "security"
  parent_id = aws_organizations_organization.this.roots[0].id
}

resource "aws_organizations_organizational_unit" "infrastructure" {
  name      = "infrastructure"
  parent_id = aws_organizations_organization.this.roots[0].id
}

resource "aws_organizations_organizational_unit" "workloads" {
  name      = "workloads"
  parent_id = aws_organizations_organization.this.roots[0].id
}

resource "aws_organizations_organizational_unit" "sandbox" {
  name      = "sandbox"
  parent_id = aws_organizations_organization.this.roots[0].id
}

resource "aws_organizations_organizational_unit" "suspended" {
  name      = "suspended"
  parent_id = aws_organizations_organization.this.roots[0].id
}

resource "aws_organizations_organizational_unit" "workloads_dev" {
  name      = "dev"
  parent_id = aws_organizations_organizational_unit.workloads.id
}

resource "aws_organizations_organizational_unit" "workloads_prod" {
  name      = "prod"
  parent_id = aws_organizations_organizational_unit.workloads.id
}

# RegionGuardrails regions

resource "aws_organizations_policy" "regions" {
  name        = "landing-zone-guardrails-regions"
  description = "Denies other Regions"
  type        = "SERVICE_CONTROL_POLICY"

  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "DenyOtherRegions"
        Effect = "Deny"
        NotAction = [
          "a4b:*",
          "access-analyzer:*",
          "account:*",
          "acm:*",
          "activate:*",
          "artifact:*",
          "aws-marketplace-management:*",
          "aws-marketplace:*",
          "aws-portal:*",
          "billing:*",
          "billingconductor:*",
          "budgets:*",
          "ce:*",
          "chatbot:*",
          "chime:*",
          "cloudfront:*",
          "cloudtrail:LookupEvents",
          "compute-optimizer:*",
          "config:*",
          "consoleapp:*",
          "consolidatedbilling:*",
          "cur:*",
          "datapipeline:GetAccountLimits",
          "devicefarm:*",
          "directconnect:*",
          "ec2:DescribeRegions",
          "ec2:DescribeTransitGateways",
          "ec2:DescribeVpnGateways",
          "ecr-public:*",
          "fms:*",
          "freetier:*",
          "globalaccelerator:*",
          "health:*",
          "iam:*",
          "importexport:*",
          "invoicing:*",
          "iq:*",
          "kms:*",
          "license-manager:ListReceivedLicenses",
          "lightsail:Get*",
          "mobileanalytics:*",
          "networkmanager:*",
          "notifications-contacts:*",
          "notifications:*",
          "organizations:*",
          "payments:*",
          "pricing:*",
          "quicksight:DescribeAccountSubscription",
          "resource-explorer-2:*",
          "route53-recovery-cluster:*",
          "route53-recovery-control-config:*",
          "route53-recovery-readiness:*",
          "route53:*",
          "route53domains:*",
          "s3:CreateMultiRegionAccessPoint",
          "s3:DeleteMultiRegionAccessPoint",
          "s3:DescribeMultiRegionAccessPointOperation",
          "s3:GetAccountPublicAccessBlock",
          "s3:GetBucketLocation",
          "s3:GetBucketPolicyStatus",
          "s3:GetBucketPublicAccessBlock",
          "s3:GetMultiRegionAccessPoint",
          "s3:GetMultiRegionAccessPointPolicy",
          "s3:GetMultiRegionAccessPointPolicyStatus",
          "s3:GetStorageLensConfiguration",
          "s3:GetStorageLensDashboard",
          "s3:ListAllMyBuckets",
          "s3:ListMultiRegionAccessPoints",
          "s3:ListStorageLensConfigurations",
          "s3:PutAccountPublicAccessBlock",
          "s3:PutMultiRegionAccessPointPolicy",
          "savingsplans:*",
          "shield:*",
          "sso:*",
          "sts:*",
          "support:*",
          "supportapp:*",
          "supportplans:*",
          "sustainability:*",
          "tag:GetResources",
          "tax:*",
          "trustedadvisor:*",
          "vendor-insights:ListEntitledSecurityProfiles",
          "waf-regional:*",
          "waf:*",
          "wafv2:*",
        ]
        Resource = ["*"]
        Condition = {
          StringNotEquals = {
            "aws:RequestedRegion" = ["eu-central-1", "eu-west-1"]
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
    ]
  })
}

resource "aws_organizations_policy_attachment" "regions_infrastructure" {
  policy_id = aws_organizations_policy.regions.id
  target_id = aws_organizations_organizational_unit.infrastructure.id
}

resource "aws_organizations_policy_attachment" "regions_workloads" {
  policy_id = aws_organizations_policy.regions.id
  target_id = aws_organizations_organizational_unit.workloads.id
}

resource "aws_organizations_policy_attachment" "regions_sandbox" {
  policy_id = aws_organizations_policy.regions.id
  target_id = aws_organizations_organizational_unit.sandbox.id
}

# TagGuardrails tags

resource "aws_organizations_policy" "tags" {
  name        = "landing-zone-guardrails-tags"
  description = "Requires tags on create"
  type        = "SERVICE_CONTROL_POLICY"

  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "RequireEnvironment"
        Effect = "Deny"
        Action = [
          "dynamodb:CreateTable",
          "lambda:CreateFunction",
          "rds:CreateDBCluster",
          "rds:CreateDBInstance",
          "sqs:CreateQueue",
        ]
        Resource = ["*"]
        Condition = {
          Null = {
            "aws:RequestTag/Environment" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
      {
        Sid    = "RequireEnvironment2"
        Effect = "Deny"
        Action = [
          "ec2:AllocateAddress",
          "ec2:AllocateHosts",
          "ec2:CreateCustomerGateway",
          "ec2:CreateEgressOnlyInternetGateway",
          "ec2:CreateFlowLogs",
          "ec2:CreateInternetGateway",
          "ec2:CreateLaunchTemplate",
          "ec2:CreateManagedPrefixList",
          "ec2:CreateNetworkAcl",
          "ec2:CreateRouteTable",
          "ec2:CreateSecurityGroup",
          "ec2:CreateVolume",
          "ec2:CreateVpcPeeringConnection",
          "ec2:CreateVpnGateway",
          "ec2:ImportKeyPair",
        ]
        Resource = [
          "arn:*:ec2:*:*:customer-gateway/*",
          "arn:*:ec2:*:*:dedicated-host/*",
          "arn:*:ec2:*:*:egress-only-internet-gateway/*",
          "arn:*:ec2:*:*:elastic-ip/*",
          "arn:*:ec2:*:*:internet-gateway/*",
          "arn:*:ec2:*:*:key-pair/*",
          "arn:*:ec2:*:*:launch-template/*",
          "arn:*:ec2:*:*:network-acl/*",
          "arn:*:ec2:*:*:prefix-list/*",
          "arn:*:ec2:*:*:route-table/*",
          "arn:*:ec2:*:*:security-group/*",
          "arn:*:ec2:*:*:volume/*",
          "arn:*:ec2:*:*:vpc-flow-log/*",
          "arn:*:ec2:*:*:vpc-peering-connection/*",
          "arn:*:ec2:*:*:vpn-gateway/*",
        ]
        Condition = {
          Null = {
            "aws:RequestTag/Environment" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
      {
        Sid    = "RequireEnvironment3"
        Effect = "Deny"
        Action = [
          "ec2:CreateNatGateway",
          "ec2:CreateTransitGateway",
          "ec2:CreateVpcEndpoint",
          "ec2:RunInstances",
        ]
        Resource = [
          "arn:*:ec2:*:*:instance/*",
          "arn:*:ec2:*:*:natgateway/*",
          "arn:*:ec2:*:*:transit-gateway/*",
          "arn:*:ec2:*:*:volume/*",
          "arn:*:ec2:*:*:vpc-endpoint/*",
        ]
        Condition = {
          Null = {
            "aws:RequestTag/Environment" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
      {
        Sid      = "RequireEnvironment4"
        Effect   = "Deny"
        Action   = ["ec2:CreateSubnet", "ec2:CreateVpnConnection"]
        Resource = ["arn:*:ec2:*:*:subnet/*", "arn:*:ec2:*:*:vpn-connection/*"]
        Condition = {
          Null = {
            "aws:RequestTag/Environment" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
      {
        Sid      = "RequireEnvironment5"
        Effect   = "Deny"
        Action   = ["ec2:CreateTransitGatewayVpcAttachment"]
        Resource = ["arn:*:ec2:*:*:transit-gateway-attachment/*"]
        Condition = {
          Null = {
            "aws:RequestTag/Environment" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
      {
        Sid      = "RequireEnvironment6"
        Effect   = "Deny"
        Action   = ["ec2:CreateVpc"]
        Resource = ["arn:*:ec2:*:*:vpc/*"]
        Condition = {
          Null = {
            "aws:RequestTag/Environment" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
      {
        Sid    = "RequireOwner"
        Effect = "Deny"
        Action = [
          "dynamodb:CreateTable",
          "lambda:CreateFunction",
          "rds:CreateDBCluster",
          "rds:CreateDBInstance",
          "sqs:CreateQueue",
        ]
        Resource = ["*"]
        Condition = {
          Null = {
            "aws:RequestTag/Owner" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
      {
        Sid    = "RequireOwner2"
        Effect = "Deny"
        Action = [
          "ec2:AllocateAddress",
          "ec2:AllocateHosts",
          "ec2:CreateCustomerGateway",
          "ec2:CreateEgressOnlyInternetGateway",
          "ec2:CreateFlowLogs",
          "ec2:CreateInternetGateway",
          "ec2:CreateLaunchTemplate",
          "ec2:CreateManagedPrefixList",
          "ec2:CreateNetworkAcl",
          "ec2:CreateRouteTable",
          "ec2:CreateSecurityGroup",
          "ec2:CreateVolume",
          "ec2:CreateVpcPeeringConnection",
          "ec2:CreateVpnGateway",
          "ec2:ImportKeyPair",
        ]
        Resource = [
          "arn:*:ec2:*:*:customer-gateway/*",
          "arn:*:ec2:*:*:dedicated-host/*",
          "arn:*:ec2:*:*:egress-only-internet-gateway/*",
          "arn:*:ec2:*:*:elastic-ip/*",
          "arn:*:ec2:*:*:internet-gateway/*",
          "arn:*:ec2:*:*:key-pair/*",
          "arn:*:ec2:*:*:launch-template/*",
          "arn:*:ec2:*:*:network-acl/*",
          "arn:*:ec2:*:*:prefix-list/*",
          "arn:*:ec2:*:*:route-table/*",
          "arn:*:ec2:*:*:security-group/*",
          "arn:*:ec2:*:*:volume/*",
          "arn:*:ec2:*:*:vpc-flow-log/*",
          "arn:*:ec2:*:*:vpc-peering-connection/*",
          "arn:*:ec2:*:*:vpn-gateway/*",
        ]
        Condition = {
          Null = {
            "aws:RequestTag/Owner" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
      {
        Sid    = "RequireOwner3"
        Effect = "Deny"
        Action = [
          "ec2:CreateNatGateway",
          "ec2:CreateTransitGateway",
          "ec2:CreateVpcEndpoint",
          "ec2:RunInstances",
        ]
        Resource = [
          "arn:*:ec2:*:*:instance/*",
          "arn:*:ec2:*:*:natgateway/*",
          "arn:*:ec2:*:*:transit-gateway/*",
          "arn:*:ec2:*:*:volume/*",
          "arn:*:ec2:*:*:vpc-endpoint/*",
        ]
        Condition = {
          Null = {
            "aws:RequestTag/Owner" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
      {
        Sid      = "RequireOwner4"
        Effect   = "Deny"
        Action   = ["ec2:CreateSubnet", "ec2:CreateVpnConnection"]
        Resource = ["arn:*:ec2:*:*:subnet/*", "arn:*:ec2:*:*:vpn-connection/*"]
        Condition = {
          Null = {
            "aws:RequestTag/Owner" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
      {
        Sid      = "RequireOwner5"
        Effect   = "Deny"
        Action   = ["ec2:CreateTransitGatewayVpcAttachment"]
        Resource = ["arn:*:ec2:*:*:transit-gateway-attachment/*"]
        Condition = {
          Null = {
            "aws:RequestTag/Owner" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
      {
        Sid      = "RequireOwner6"
        Effect   = "Deny"
        Action   = ["ec2:CreateVpc"]
        Resource = ["arn:*:ec2:*:*:vpc/*"]
        Condition = {
          Null = {
            "aws:RequestTag/Owner" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
      {
        Sid    = "ValuesEnvironment"
        Effect = "Deny"
        Action = [
          "dynamodb:CreateTable",
          "dynamodb:TagResource",
          "ec2:AllocateAddress",
          "ec2:AllocateHosts",
          "ec2:CreateCustomerGateway",
          "ec2:CreateEgressOnlyInternetGateway",
          "ec2:CreateFlowLogs",
          "ec2:CreateInternetGateway",
          "ec2:CreateLaunchTemplate",
          "ec2:CreateManagedPrefixList",
          "ec2:CreateNatGateway",
          "ec2:CreateNetworkAcl",
          "ec2:CreateRouteTable",
          "ec2:CreateSecurityGroup",
          "ec2:CreateSubnet",
          "ec2:CreateTags",
          "ec2:CreateTransitGateway",
          "ec2:CreateTransitGatewayVpcAttachment",
          "ec2:CreateVolume",
          "ec2:CreateVpc",
          "ec2:CreateVpcEndpoint",
          "ec2:CreateVpcPeeringConnection",
          "ec2:CreateVpnConnection",
          "ec2:CreateVpnGateway",
          "ec2:ImportKeyPair",
          "ec2:RunInstances",
          "lambda:CreateFunction",
          "lambda:TagResource",
          "rds:AddTagsToResource",
          "rds:CreateDBCluster",
          "rds:CreateDBInstance",
          "sqs:CreateQueue",
          "sqs:TagQueue",
        ]
        Resource = ["*"]
        Condition = {
          StringNotEquals = {
            "aws:RequestTag/Environment" = ["dev", "prod"]
          }
          Null = {
            "aws:RequestTag/Environment" = "false"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
      {
        Sid    = "KeepRequiredTags"
        Effect = "Deny"
        Action = [
          "dynamodb:UntagResource",
          "ec2:DeleteTags",
          "lambda:UntagResource",
          "rds:RemoveTagsFromResource",
          "sqs:UntagQueue",
        ]
        Resource = ["*"]
        Condition = {
          "ForAnyValue:StringEquals" = {
            "aws:TagKeys" = ["Environment", "Owner"]
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
      {
        Sid      = "KeepAllTags"
        Effect   = "Deny"
        Action   = ["ec2:DeleteTags"]
        Resource = ["*"]
        Condition = {
          Null = {
            "aws:TagKeys" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
          ArnNotLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]
          }
        }
      },
    ]
  })
}

resource "aws_organizations_policy_attachment" "tags_workloads" {
  policy_id = aws_organizations_policy.tags.id
  target_id = aws_organizations_organizational_unit.workloads.id
}

resource "aws_organizations_policy" "tags_keys" {
  name        = "landing-zone-guardrails-tags-keys"
  description = "Case and values of tags"
  type        = "TAG_POLICY"

  content = jsonencode({
    tags = {
      Environment = {
        tag_key = {
          "@@assign" = "Environment"
        }
        tag_value = {
          "@@assign" = ["dev", "prod"]
        }
        enforced_for = {
          "@@assign" = [
            "dynamodb:ALL_SUPPORTED",
            "ec2:ALL_SUPPORTED",
            "lambda:ALL_SUPPORTED",
            "rds:ALL_SUPPORTED",
            "sqs:ALL_SUPPORTED",
          ]
        }
      }
      Owner = {
        tag_key = {
          "@@assign" = "Owner"
        }
        enforced_for = {
          "@@assign" = [
            "dynamodb:ALL_SUPPORTED",
            "ec2:ALL_SUPPORTED",
            "lambda:ALL_SUPPORTED",
            "rds:ALL_SUPPORTED",
            "sqs:ALL_SUPPORTED",
          ]
        }
      }
    }
  })
}

resource "aws_organizations_policy_attachment" "tags_keys_workloads" {
  policy_id = aws_organizations_policy.tags_keys.id
  target_id = aws_organizations_organizational_unit.workloads.id
}

# Directly in the stack

resource "aws_organizations_policy" "accounts" {
  name = "accounts"
  type = "SERVICE_CONTROL_POLICY"

  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "KeepAccounts"
        Effect   = "Deny"
        Action   = ["organizations:LeaveOrganization"]
        Resource = "*"
      },
      {
        Sid    = "KeepAudit"
        Effect = "Deny"
        Action = [
          "access-analyzer:DeleteAnalyzer",
          "cloudtrail:DeleteTrail",
          "cloudtrail:PutEventSelectors",
          "cloudtrail:StopLogging",
          "cloudtrail:UpdateTrail",
          "config:DeleteConfigurationRecorder",
          "config:DeleteDeliveryChannel",
          "config:PutConfigurationRecorder",
          "config:StopConfigurationRecorder",
        ]
        Resource = "*"
        Condition = {
          ArnNotLike = {
            "aws:PrincipalArn" = "arn:aws:iam::*:role/break-glass"
          }
        }
      },
      {
        Sid      = "DenyRootUsers"
        Effect   = "Deny"
        Action   = ["*"]
        Resource = "*"
        Condition = {
          ArnLike = {
            "aws:PrincipalArn" = "arn:aws:iam::*:root"
          }
          Null = {
            "aws:AssumedRoot" = "true"
          }
        }
      },
    ]
  })
}

resource "aws_organizations_policy_attachment" "accounts" {
  policy_id = aws_organizations_policy.accounts.id
  target_id = aws_organizations_organization.this.roots[0].id
}

resource "aws_organizations_policy" "suspended" {
  name = "suspended"
  type = "SERVICE_CONTROL_POLICY"

  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "DenyAll"
        Effect   = "Deny"
        Action   = ["*"]
        Resource = "*"
        Condition = {
          ArnNotLike = {
            "aws:PrincipalArn" = "arn:aws:iam::*:role/break-glass"
          }
        }
      },
    ]
  })
}

resource "aws_organizations_policy_attachment" "suspended" {
  policy_id = aws_organizations_policy.suspended.id
  target_id = aws_organizations_organizational_unit.suspended.id
}
