"""The actions that a Region policy does not deny: those of global services, and of endpoints in one Region.

AWS serves IAM, Amazon CloudFront, Amazon Route 53, AWS Organizations and AWS Support in `us-east-1`, and other global
services in `us-west-2`. The list is `NotAction` of the Region deny control of AWS Control Tower, read in November 2026:
https://docs.aws.amazon.com/controltower/latest/controlreference/primary-region-deny-policy.html
AWS does not promise that it has every global service:
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
"""

from __future__ import annotations

_SERVICES = """
a4b access-analyzer account acm activate artifact aws-marketplace aws-marketplace-management aws-portal billing
billingconductor budgets ce chatbot chime cloudfront compute-optimizer config consoleapp consolidatedbilling cur
devicefarm directconnect ecr-public fms freetier globalaccelerator health iam importexport invoicing iq kms
mobileanalytics networkmanager notifications notifications-contacts organizations payments pricing resource-explorer-2
route53 route53-recovery-cluster route53-recovery-control-config route53-recovery-readiness route53domains savingsplans
shield sso sts support supportapp supportplans sustainability tax trustedadvisor waf waf-regional wafv2
"""
_ACTIONS = """
cloudtrail:LookupEvents datapipeline:GetAccountLimits ec2:DescribeRegions ec2:DescribeTransitGateways
ec2:DescribeVpnGateways license-manager:ListReceivedLicenses lightsail:Get* quicksight:DescribeAccountSubscription
s3:CreateMultiRegionAccessPoint s3:DeleteMultiRegionAccessPoint s3:DescribeMultiRegionAccessPointOperation
s3:GetAccountPublicAccessBlock s3:GetBucketLocation s3:GetBucketPolicyStatus s3:GetBucketPublicAccessBlock
s3:GetMultiRegionAccessPoint s3:GetMultiRegionAccessPointPolicy s3:GetMultiRegionAccessPointPolicyStatus
s3:GetStorageLensConfiguration s3:GetStorageLensDashboard s3:ListAllMyBuckets s3:ListMultiRegionAccessPoints
s3:ListStorageLensConfigurations s3:PutAccountPublicAccessBlock s3:PutMultiRegionAccessPointPolicy tag:GetResources
vendor-insights:ListEntitledSecurityProfiles
"""

GLOBAL_ACTIONS = tuple(sorted((*(f"{service}:*" for service in _SERVICES.split()), *_ACTIONS.split())))
