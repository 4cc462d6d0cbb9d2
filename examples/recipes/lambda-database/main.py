"""A Lambda function in a VPC that reaches an RDS database through RDS Proxy, with alarms on the proxy."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack
from plainwork.iam import allow, grant

NAME = "orders-prod"
CODE = {"s3_bucket": "example-prod-artifacts", "s3_key": "orders-store/7c1f2ab.zip"}  # the key has the Git revision
VPC = "vpc-0123456789abcdef0"
SUBNETS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]  # private, one for each zone
DATABASE, PORT = "orders-prod", 5432  # an RDS for PostgreSQL instance
DATABASE_GROUP = "sg-0123456789abcdef0"
USER = "orders_app"
USER_SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-prod/app-Ab12Cd"  # noqa: S105
MAX_CONCURRENCY = 50
INTERFACES = "arn:aws:iam::aws:policy/service-role/AWSLambdaENIManagementAccess"
ON_CALL = "arn:aws:sns:eu-west-1:123456789012:on-call"
ALARMS = {  # of the proxy: statistic and threshold
    "DatabaseConnectionsBorrowLatency": ("Average", 1_000_000),  # microseconds
    "DatabaseConnectionsCurrentlySessionPinned": ("Sum", 20),
    "ClientConnectionsSetupFailedAuth": ("Sum", 0),
}


def build(app: App) -> Stack:
    stack = Stack(app, "lambda-database")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "orders"}},
    )
    client = Resource(stack, "aws_security_group", "store", name=f"{NAME}-store", description="Store", vpc_id=VPC)
    server = Resource(stack, "aws_security_group", "proxy", name=f"{NAME}-proxy", description="RDS Proxy", vpc_id=VPC)
    allow_connections(stack, "store_to_proxy", client["id"], server["id"])
    allow_connections(stack, "proxy_to_database", server["id"], DATABASE_GROUP)
    reader = role(stack, "proxy", "rds.amazonaws.com")
    grant(stack, reader, name="secret", statements=[allow("Read", ["secretsmanager:GetSecretValue"], [USER_SECRET])])
    proxy = Resource(
        stack,
        "aws_db_proxy",
        "orders",
        name=NAME,
        engine_family="POSTGRESQL",
        role_arn=reader["arn"],
        vpc_subnet_ids=SUBNETS,
        vpc_security_group_ids=[server["id"]],
        require_tls=True,
        auth={"auth_scheme": "SECRETS", "secret_arn": USER_SECRET, "iam_auth": "REQUIRED"},
    )
    pool = {"max_connections_percent": 80, "connection_borrow_timeout": 10}
    of_proxy = {"db_proxy_name": proxy["name"]}
    group = Resource(stack, "aws_db_proxy_default_target_group", "orders", **of_proxy, connection_pool_config=pool)
    target = {"target_group_name": group["name"], "db_instance_identifier": DATABASE}
    Resource(stack, "aws_db_proxy_target", "orders", **of_proxy, **target)
    logs = Resource(stack, "aws_cloudwatch_log_group", "store", name=f"/aws/lambda/{NAME}-store", retention_in_days=30)
    runner = role(stack, "store", "lambda.amazonaws.com")
    user = f'arn:aws:rds-db:eu-west-1:123456789012:dbuser:${{split(":", {proxy.address}.arn)[6]}}/{USER}'
    write_logs = allow("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [f"{logs['arn']}:*"])
    grant(stack, runner, name="store", statements=[allow("Connect", ["rds-db:connect"], [user]), write_logs])
    interfaces = {"role": runner["name"], "policy_arn": INTERFACES}
    may_attach = Resource(stack, "aws_iam_role_policy_attachment", "interfaces", **interfaces)
    Resource(
        stack,
        "aws_lambda_function",
        "store",
        function_name=f"{NAME}-store",
        role=runner["arn"],
        runtime="python3.13",
        architectures=["arm64"],
        handler="store.handler",
        **CODE,
        timeout=15,
        reserved_concurrent_executions=MAX_CONCURRENCY,
        vpc_config={"subnet_ids": SUBNETS, "security_group_ids": [client["id"]]},
        environment={"variables": {"DATABASE_HOST": proxy["endpoint"], "DATABASE_USER": USER}},
        logging_config={"log_format": "JSON", "log_group": logs["name"]},
        depends_on=[may_attach],
    )
    for metric, (statistic, threshold) in ALARMS.items():
        Resource(
            stack,
            "aws_cloudwatch_metric_alarm",
            metric,
            alarm_name=f"{NAME}-{metric}",
            namespace="AWS/RDS",
            metric_name=metric,
            dimensions={"ProxyName": proxy["name"]},
            statistic=statistic,
            comparison_operator="GreaterThanThreshold",
            threshold=threshold,
            period=60,
            evaluation_periods=3,
            treat_missing_data="notBreaching",
            alarm_actions=[ON_CALL],
        )
    return stack


def allow_connections(stack: Stack, name: str, client: str, server: str) -> None:
    rule = {"description": name, "ip_protocol": "tcp", "from_port": PORT, "to_port": PORT}
    to, from_ = {"referenced_security_group_id": server, **rule}, {"referenced_security_group_id": client, **rule}
    Resource(stack, "aws_vpc_security_group_egress_rule", name, security_group_id=client, **to)
    Resource(stack, "aws_vpc_security_group_ingress_rule", name, security_group_id=server, **from_)


def role(stack: Stack, name: str, service: str) -> Resource:
    principal = {"type": "Service", "identifiers": [service]}
    statement = [allow("Trust", ["sts:AssumeRole"], [], principals=principal)]
    trust = DataSource(stack, "aws_iam_policy_document", f"{name}_trust", statement=statement)
    return Resource(stack, "aws_iam_role", name, name=f"{NAME}-{name}", assume_role_policy=trust["json"])


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
