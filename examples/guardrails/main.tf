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
  region = "eu-west-1"

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

resource "aws_organizations_organization" "example" {
  aws_service_access_principals = ["tagpolicies.tag.amazonaws.com"]
  enabled_policy_types          = ["SERVICE_CONTROL_POLICY", "TAG_POLICY"]
  feature_set                   = "ALL"
}

resource "aws_organizations_organizational_unit" "workloads" {
  name      = "workloads"
  parent_id = aws_organizations_organization.example.roots[0].id
}

# TagGuardrails tags

resource "aws_organizations_policy" "tags" {
  name        = "organization-tags"
  description = "Requires tags on create"
  type        = "SERVICE_CONTROL_POLICY"

  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "RequireEnvironment"
        Effect = "Deny"
        Action = [
          "acm:RequestCertificate",
          "acm-pca:CreateCertificateAuthority",
          "athena:CreateWorkGroup",
          "autoscaling:CreateAutoScalingGroup",
          "backup:CreateBackupPlan",
          "backup:CreateBackupVault",
          "batch:CreateComputeEnvironment",
          "cloudfront:CreateDistribution",
          "cloudtrail:CreateTrail",
          "dms:CreateReplicationInstance",
          "dynamodb:CreateTable",
          "ecr:CreateRepository",
          "ecs:CreateCluster",
          "ecs:CreateService",
          "ecs:RegisterTaskDefinition",
          "eks:CreateCluster",
          "eks:CreateFargateProfile",
          "eks:CreateNodegroup",
          "elasticache:CreateServerlessCache",
          "elasticfilesystem:CreateAccessPoint",
          "elasticfilesystem:CreateFileSystem",
          "elasticloadbalancing:CreateLoadBalancer",
          "elasticloadbalancing:CreateTargetGroup",
          "es:CreateDomain",
          "events:CreateEventBus",
          "firehose:CreateDeliveryStream",
          "glue:CreateJob",
          "iam:CreateInstanceProfile",
          "iam:CreatePolicy",
          "iam:CreateRole",
          "iam:CreateUser",
          "kafka:CreateCluster",
          "kms:CreateKey",
          "lambda:CreateFunction",
          "mq:CreateBroker",
          "rds:CreateDBCluster",
          "rds:CreateDBInstance",
          "redshift:CreateCluster",
          "sagemaker:CreateNotebookInstance",
          "secretsmanager:CreateSecret",
          "sns:CreateTopic",
          "sqs:CreateQueue",
          "states:CreateStateMachine",
          "wafv2:CreateWebACL",
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
          "elasticache:CreateCacheCluster",
          "kinesis:CreateStream",
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
          "arn:*:elasticache:*:*:cluster:*",
          "arn:*:kinesis:*:*:stream/*",
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
          "elasticache:CreateReplicationGroup",
        ]
        Resource = [
          "arn:*:ec2:*:*:instance/*",
          "arn:*:ec2:*:*:natgateway/*",
          "arn:*:ec2:*:*:transit-gateway/*",
          "arn:*:ec2:*:*:volume/*",
          "arn:*:ec2:*:*:vpc-endpoint/*",
          "arn:*:elasticache:*:*:replicationgroup:*",
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
          "acm:RequestCertificate",
          "acm-pca:CreateCertificateAuthority",
          "athena:CreateWorkGroup",
          "autoscaling:CreateAutoScalingGroup",
          "backup:CreateBackupPlan",
          "backup:CreateBackupVault",
          "batch:CreateComputeEnvironment",
          "cloudfront:CreateDistribution",
          "cloudtrail:CreateTrail",
          "dms:CreateReplicationInstance",
          "dynamodb:CreateTable",
          "ecr:CreateRepository",
          "ecs:CreateCluster",
          "ecs:CreateService",
          "ecs:RegisterTaskDefinition",
          "eks:CreateCluster",
          "eks:CreateFargateProfile",
          "eks:CreateNodegroup",
          "elasticache:CreateServerlessCache",
          "elasticfilesystem:CreateAccessPoint",
          "elasticfilesystem:CreateFileSystem",
          "elasticloadbalancing:CreateLoadBalancer",
          "elasticloadbalancing:CreateTargetGroup",
          "es:CreateDomain",
          "events:CreateEventBus",
          "firehose:CreateDeliveryStream",
          "glue:CreateJob",
          "iam:CreateInstanceProfile",
          "iam:CreatePolicy",
          "iam:CreateRole",
          "iam:CreateUser",
          "kafka:CreateCluster",
          "kms:CreateKey",
          "lambda:CreateFunction",
          "mq:CreateBroker",
          "rds:CreateDBCluster",
          "rds:CreateDBInstance",
          "redshift:CreateCluster",
          "sagemaker:CreateNotebookInstance",
          "secretsmanager:CreateSecret",
          "sns:CreateTopic",
          "sqs:CreateQueue",
          "states:CreateStateMachine",
          "wafv2:CreateWebACL",
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
          "elasticache:CreateCacheCluster",
          "kinesis:CreateStream",
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
          "arn:*:elasticache:*:*:cluster:*",
          "arn:*:kinesis:*:*:stream/*",
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
          "elasticache:CreateReplicationGroup",
        ]
        Resource = [
          "arn:*:ec2:*:*:instance/*",
          "arn:*:ec2:*:*:natgateway/*",
          "arn:*:ec2:*:*:transit-gateway/*",
          "arn:*:ec2:*:*:volume/*",
          "arn:*:ec2:*:*:vpc-endpoint/*",
          "arn:*:elasticache:*:*:replicationgroup:*",
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
    ]
  })
}

resource "aws_organizations_policy_attachment" "tags_workloads" {
  policy_id = aws_organizations_policy.tags.id
  target_id = aws_organizations_organizational_unit.workloads.id
}

resource "aws_organizations_policy" "tags_2" {
  name        = "organization-tags-2"
  description = "Requires tags on create"
  type        = "SERVICE_CONTROL_POLICY"

  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "ValuesEnvironment"
        Effect = "Deny"
        Action = [
          "acm-pca:CreateCertificateAuthority",
          "acm-pca:TagCertificateAuthority",
          "acm:AddTagsToCertificate",
          "acm:RequestCertificate",
          "acm:TagResource",
          "athena:CreateWorkGroup",
          "athena:TagResource",
          "autoscaling:CreateAutoScalingGroup",
          "autoscaling:CreateOrUpdateTags",
          "backup:CreateBackupPlan",
          "backup:CreateBackupVault",
          "backup:TagResource",
          "batch:CreateComputeEnvironment",
          "batch:SetCapacityTags",
          "batch:TagResource",
          "cloudfront:CreateDistribution",
          "cloudfront:TagResource",
          "cloudtrail:AddTags",
          "cloudtrail:CreateTrail",
          "dms:AddTagsToResource",
          "dms:CreateReplicationInstance",
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
          "ecr:CreateRepository",
          "ecr:TagResource",
          "ecs:CreateCluster",
          "ecs:CreateService",
          "ecs:RegisterTaskDefinition",
          "ecs:TagResource",
          "eks:CreateCluster",
          "eks:CreateFargateProfile",
          "eks:CreateNodegroup",
          "eks:TagResource",
          "elasticache:AddTagsToResource",
          "elasticache:CreateCacheCluster",
          "elasticache:CreateReplicationGroup",
          "elasticache:CreateServerlessCache",
          "elasticfilesystem:CreateAccessPoint",
          "elasticfilesystem:CreateFileSystem",
          "elasticfilesystem:CreateTags",
          "elasticfilesystem:TagResource",
          "elasticloadbalancing:AddTags",
          "elasticloadbalancing:CreateLoadBalancer",
          "elasticloadbalancing:CreateTargetGroup",
          "es:AddTags",
          "es:CreateDomain",
          "events:CreateEventBus",
          "events:TagResource",
          "firehose:CreateDeliveryStream",
          "firehose:TagDeliveryStream",
          "glue:CreateJob",
          "glue:TagResource",
          "iam:CreateInstanceProfile",
          "iam:CreatePolicy",
          "iam:CreateRole",
          "iam:CreateUser",
          "iam:TagInstanceProfile",
          "iam:TagMFADevice",
          "iam:TagOpenIDConnectProvider",
          "iam:TagPolicy",
          "iam:TagRole",
          "iam:TagSAMLProvider",
          "iam:TagServerCertificate",
          "iam:TagUser",
          "kafka:CreateCluster",
          "kafka:TagResource",
          "kinesis:AddTagsToStream",
          "kinesis:CreateChannel",
          "kinesis:CreateStream",
          "kinesis:TagResource",
          "kms:CreateKey",
          "kms:TagResource",
          "lambda:CreateFunction",
          "lambda:TagResource",
          "mq:CreateBroker",
          "mq:CreateTags",
          "rds:AddTagsToResource",
          "rds:CreateDBCluster",
          "rds:CreateDBInstance",
          "redshift:CreateCluster",
          "redshift:CreateTags",
          "sagemaker:AddTags",
          "sagemaker:CreateNotebookInstance",
          "secretsmanager:CreateSecret",
          "secretsmanager:TagResource",
          "sns:CreateTopic",
          "sns:TagResource",
          "sqs:CreateQueue",
          "sqs:TagQueue",
          "states:CreateStateMachine",
          "states:TagResource",
          "wafv2:CreateWebACL",
          "wafv2:TagResource",
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
        Sid    = "ValuesCostCenter"
        Effect = "Deny"
        Action = [
          "acm-pca:CreateCertificateAuthority",
          "acm-pca:TagCertificateAuthority",
          "acm:AddTagsToCertificate",
          "acm:RequestCertificate",
          "acm:TagResource",
          "athena:CreateWorkGroup",
          "athena:TagResource",
          "autoscaling:CreateAutoScalingGroup",
          "autoscaling:CreateOrUpdateTags",
          "backup:CreateBackupPlan",
          "backup:CreateBackupVault",
          "backup:TagResource",
          "batch:CreateComputeEnvironment",
          "batch:SetCapacityTags",
          "batch:TagResource",
          "cloudfront:CreateDistribution",
          "cloudfront:TagResource",
          "cloudtrail:AddTags",
          "cloudtrail:CreateTrail",
          "dms:AddTagsToResource",
          "dms:CreateReplicationInstance",
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
          "ecr:CreateRepository",
          "ecr:TagResource",
          "ecs:CreateCluster",
          "ecs:CreateService",
          "ecs:RegisterTaskDefinition",
          "ecs:TagResource",
          "eks:CreateCluster",
          "eks:CreateFargateProfile",
          "eks:CreateNodegroup",
          "eks:TagResource",
          "elasticache:AddTagsToResource",
          "elasticache:CreateCacheCluster",
          "elasticache:CreateReplicationGroup",
          "elasticache:CreateServerlessCache",
          "elasticfilesystem:CreateAccessPoint",
          "elasticfilesystem:CreateFileSystem",
          "elasticfilesystem:CreateTags",
          "elasticfilesystem:TagResource",
          "elasticloadbalancing:AddTags",
          "elasticloadbalancing:CreateLoadBalancer",
          "elasticloadbalancing:CreateTargetGroup",
          "es:AddTags",
          "es:CreateDomain",
          "events:CreateEventBus",
          "events:TagResource",
          "firehose:CreateDeliveryStream",
          "firehose:TagDeliveryStream",
          "glue:CreateJob",
          "glue:TagResource",
          "iam:CreateInstanceProfile",
          "iam:CreatePolicy",
          "iam:CreateRole",
          "iam:CreateUser",
          "iam:TagInstanceProfile",
          "iam:TagMFADevice",
          "iam:TagOpenIDConnectProvider",
          "iam:TagPolicy",
          "iam:TagRole",
          "iam:TagSAMLProvider",
          "iam:TagServerCertificate",
          "iam:TagUser",
          "kafka:CreateCluster",
          "kafka:TagResource",
          "kinesis:AddTagsToStream",
          "kinesis:CreateChannel",
          "kinesis:CreateStream",
          "kinesis:TagResource",
          "kms:CreateKey",
          "kms:TagResource",
          "lambda:CreateFunction",
          "lambda:TagResource",
          "mq:CreateBroker",
          "mq:CreateTags",
          "rds:AddTagsToResource",
          "rds:CreateDBCluster",
          "rds:CreateDBInstance",
          "redshift:CreateCluster",
          "redshift:CreateTags",
          "sagemaker:AddTags",
          "sagemaker:CreateNotebookInstance",
          "secretsmanager:CreateSecret",
          "secretsmanager:TagResource",
          "sns:CreateTopic",
          "sns:TagResource",
          "sqs:CreateQueue",
          "sqs:TagQueue",
          "states:CreateStateMachine",
          "states:TagResource",
          "wafv2:CreateWebACL",
          "wafv2:TagResource",
        ]
        Resource = ["*"]
        Condition = {
          StringNotLike = {
            "aws:RequestTag/CostCenter" = ["cc-?*"]
          }
          Null = {
            "aws:RequestTag/CostCenter" = "false"
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
          "acm:RemoveTagsFromCertificate",
          "acm:UntagResource",
          "acm-pca:UntagCertificateAuthority",
          "athena:UntagResource",
          "autoscaling:DeleteTags",
          "backup:UntagResource",
          "batch:UntagResource",
          "cloudfront:UntagResource",
          "cloudtrail:RemoveTags",
          "dms:RemoveTagsFromResource",
          "dynamodb:UntagResource",
          "ec2:DeleteTags",
          "ecr:UntagResource",
          "ecs:UntagResource",
          "eks:UntagResource",
          "elasticache:RemoveTagsFromResource",
          "elasticfilesystem:DeleteTags",
          "elasticfilesystem:UntagResource",
          "elasticloadbalancing:RemoveTags",
          "es:RemoveTags",
          "events:UntagResource",
          "firehose:UntagDeliveryStream",
          "glue:UntagResource",
          "iam:UntagInstanceProfile",
          "iam:UntagMFADevice",
          "iam:UntagOpenIDConnectProvider",
          "iam:UntagPolicy",
          "iam:UntagRole",
          "iam:UntagSAMLProvider",
          "iam:UntagServerCertificate",
          "iam:UntagUser",
          "kafka:UntagResource",
          "kinesis:RemoveTagsFromStream",
          "kinesis:UntagResource",
          "kms:UntagResource",
          "lambda:UntagResource",
          "mq:DeleteTags",
          "rds:RemoveTagsFromResource",
          "redshift:DeleteTags",
          "sagemaker:DeleteTags",
          "secretsmanager:UntagResource",
          "sns:UntagResource",
          "sqs:UntagQueue",
          "states:UntagResource",
          "wafv2:UntagResource",
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

resource "aws_organizations_policy_attachment" "tags_2_workloads" {
  policy_id = aws_organizations_policy.tags_2.id
  target_id = aws_organizations_organizational_unit.workloads.id
}

resource "aws_organizations_policy" "tags_keys" {
  name        = "organization-tags-keys"
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
            "acm:ALL_SUPPORTED",
            "acm-pca:ALL_SUPPORTED",
            "athena:ALL_SUPPORTED",
            "backup:ALL_SUPPORTED",
            "cloudtrail:ALL_SUPPORTED",
            "dms:ALL_SUPPORTED",
            "dynamodb:ALL_SUPPORTED",
            "ec2:ALL_SUPPORTED",
            "ecr:ALL_SUPPORTED",
            "ecs:ALL_SUPPORTED",
            "eks:ALL_SUPPORTED",
            "elasticache:ALL_SUPPORTED",
            "elasticfilesystem:ALL_SUPPORTED",
            "events:ALL_SUPPORTED",
            "firehose:ALL_SUPPORTED",
            "kms:ALL_SUPPORTED",
            "lambda:ALL_SUPPORTED",
            "mq:ALL_SUPPORTED",
            "rds:ALL_SUPPORTED",
            "redshift:ALL_SUPPORTED",
            "secretsmanager:ALL_SUPPORTED",
            "sns:ALL_SUPPORTED",
            "sqs:ALL_SUPPORTED",
            "states:ALL_SUPPORTED",
          ]
        }
      }
      Owner = {
        tag_key = {
          "@@assign" = "Owner"
        }
        enforced_for = {
          "@@assign" = [
            "acm:ALL_SUPPORTED",
            "acm-pca:ALL_SUPPORTED",
            "athena:ALL_SUPPORTED",
            "backup:ALL_SUPPORTED",
            "cloudtrail:ALL_SUPPORTED",
            "dms:ALL_SUPPORTED",
            "dynamodb:ALL_SUPPORTED",
            "ec2:ALL_SUPPORTED",
            "ecr:ALL_SUPPORTED",
            "ecs:ALL_SUPPORTED",
            "eks:ALL_SUPPORTED",
            "elasticache:ALL_SUPPORTED",
            "elasticfilesystem:ALL_SUPPORTED",
            "events:ALL_SUPPORTED",
            "firehose:ALL_SUPPORTED",
            "kms:ALL_SUPPORTED",
            "lambda:ALL_SUPPORTED",
            "mq:ALL_SUPPORTED",
            "rds:ALL_SUPPORTED",
            "redshift:ALL_SUPPORTED",
            "secretsmanager:ALL_SUPPORTED",
            "sns:ALL_SUPPORTED",
            "sqs:ALL_SUPPORTED",
            "states:ALL_SUPPORTED",
          ]
        }
      }
      CostCenter = {
        tag_key = {
          "@@assign" = "CostCenter"
        }
        enforced_for = {
          "@@assign" = [
            "acm:ALL_SUPPORTED",
            "acm-pca:ALL_SUPPORTED",
            "athena:ALL_SUPPORTED",
            "backup:ALL_SUPPORTED",
            "cloudtrail:ALL_SUPPORTED",
            "dms:ALL_SUPPORTED",
            "dynamodb:ALL_SUPPORTED",
            "ec2:ALL_SUPPORTED",
            "ecr:ALL_SUPPORTED",
            "ecs:ALL_SUPPORTED",
            "eks:ALL_SUPPORTED",
            "elasticache:ALL_SUPPORTED",
            "elasticfilesystem:ALL_SUPPORTED",
            "events:ALL_SUPPORTED",
            "firehose:ALL_SUPPORTED",
            "kms:ALL_SUPPORTED",
            "lambda:ALL_SUPPORTED",
            "mq:ALL_SUPPORTED",
            "rds:ALL_SUPPORTED",
            "redshift:ALL_SUPPORTED",
            "secretsmanager:ALL_SUPPORTED",
            "sns:ALL_SUPPORTED",
            "sqs:ALL_SUPPORTED",
            "states:ALL_SUPPORTED",
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

# RegionGuardrails regions

resource "aws_organizations_policy" "regions" {
  name        = "organization-regions"
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

resource "aws_organizations_policy_attachment" "regions_workloads" {
  policy_id = aws_organizations_policy.regions.id
  target_id = aws_organizations_organizational_unit.workloads.id
}
