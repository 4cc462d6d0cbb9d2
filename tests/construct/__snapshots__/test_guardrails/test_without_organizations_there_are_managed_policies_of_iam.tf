terraform {
  required_version = ">= 1.10"
}

# TagGuardrails tags

resource "aws_iam_policy" "tags" {
  name        = "demo-tags"
  description = "Requires tags on create"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "RequireOwner"
        Effect   = "Deny"
        Action   = ["sqs:CreateQueue"]
        Resource = ["*"]
        Condition = {
          Null = {
            "aws:RequestTag/Owner" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
        }
      },
      {
        Sid      = "RequireEnvironment"
        Effect   = "Deny"
        Action   = ["sqs:CreateQueue"]
        Resource = ["*"]
        Condition = {
          Null = {
            "aws:RequestTag/Environment" = "true"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
        }
      },
      {
        Sid      = "ValuesEnvironment"
        Effect   = "Deny"
        Action   = ["sqs:CreateQueue", "sqs:TagQueue"]
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
        }
      },
      {
        Sid      = "ValuesCostCenter"
        Effect   = "Deny"
        Action   = ["sqs:CreateQueue", "sqs:TagQueue"]
        Resource = ["*"]
        Condition = {
          StringNotLike = {
            "aws:RequestTag/CostCenter" = ["cc-*"]
          }
          Null = {
            "aws:RequestTag/CostCenter" = "false"
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
        }
      },
      {
        Sid      = "KeepRequiredTags"
        Effect   = "Deny"
        Action   = ["sqs:UntagQueue"]
        Resource = ["*"]
        Condition = {
          "ForAnyValue:StringEquals" = {
            "aws:TagKeys" = ["Owner", "Environment"]
          }
          BoolIfExists = {
            "aws:ViaAWSService" = "false"
          }
        }
      },
    ]
  })
}

# RegionGuardrails regions

resource "aws_iam_policy" "regions" {
  name        = "demo-regions"
  description = "Denies other Regions"

  policy = jsonencode({
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
            "aws:RequestedRegion" = ["eu-west-1"]
          }
        }
      },
    ]
  })
}
