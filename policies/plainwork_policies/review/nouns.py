"""Names of resource types as people write them: `DynamoDB table`."""

from __future__ import annotations

_WORDS = {
    "acm": "ACM", "alb": "ALB", "ami": "AMI", "api": "API", "apigatewayv2": "API Gateway", "apigateway": "API Gateway",
    "cloudfront": "CloudFront", "cloudtrail": "CloudTrail", "cloudwatch": "CloudWatch", "cidr": "CIDR", "db": "RDS",
    "docdb": "DocumentDB", "dynamodb": "DynamoDB", "ebs": "EBS", "ec2": "EC2", "ecr": "ECR", "ecs": "ECS", "efs": "EFS",
    "eip": "Elastic IP address", "eks": "EKS", "elasticache": "ElastiCache", "elasticsearch": "Elasticsearch",
    "fsx": "FSx", "iam": "IAM", "kms": "KMS", "lambda": "Lambda", "lb": "load balancer", "memorydb": "MemoryDB",
    "msk": "MSK", "nat": "NAT", "opensearch": "OpenSearch", "rds": "RDS", "route53": "Route 53", "s3": "S3",
    "secretsmanager": "Secrets Manager", "sns": "SNS", "sqs": "SQS", "ssm": "SSM", "vpc": "VPC", "wafv2": "WAF",
}  # fmt: skip


def noun(type_: str) -> str:
    """Return the name of a resource type: `DynamoDB table` for `aws_dynamodb_table`."""
    provider, _, rest = type_.partition("_")
    if provider != "aws" or not rest:
        return type_
    return " ".join(_WORDS.get(word, word) for word in rest.split("_"))


def article(type_: str) -> str:
    """Return the name with the definite article."""
    return f"the {noun(type_)}"
