"""A Lambda function with a layer, a version for each release, and an alias that is warm in working hours."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack
from plainwork.iam import allow, grant

NAME = "quotes-prod"
BUCKET = "example-prod-artifacts"
CODE = "quotes/7c1f2ab.zip"  # the key has the Git revision
LAYER = "quotes-dependencies/3f9ab01.zip"  # the key has the hash of the lock file
SCHEDULE = {  # provisioned concurrency from this time on
    "start": ("cron(45 7 ? * MON-FRI *)", 10),
    "end": ("cron(0 19 ? * MON-FRI *)", 0),
}
TIMEZONE = "Europe/Berlin"
ON_CALL = "arn:aws:sns:eu-west-1:123456789012:on-call"


def build(app: App) -> Stack:
    stack = Stack(app, "lambda-versions")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "sales"}},
    )
    alias = live_alias(stack)
    target = Resource(
        stack,
        "aws_appautoscaling_target",
        "live",
        service_namespace="lambda",
        resource_id=f"function:{NAME}:{alias['name']}",
        scalable_dimension="lambda:function:ProvisionedConcurrency",
        min_capacity=0,
        max_capacity=0,
        lifecycle={"ignore_changes": ["min_capacity", "max_capacity"]},
    )
    for name, (schedule, capacity) in SCHEDULE.items():
        Resource(
            stack,
            "aws_appautoscaling_scheduled_action",
            name,
            name=f"{NAME}-{name}",
            service_namespace=target["service_namespace"],
            resource_id=target["resource_id"],
            scalable_dimension=target["scalable_dimension"],
            schedule=schedule,
            timezone=TIMEZONE,
            scalable_target_action={"min_capacity": capacity, "max_capacity": capacity},
        )
    Resource(
        stack,
        "aws_cloudwatch_metric_alarm",
        "spillover",
        alarm_name=f"{NAME}-spillover",
        namespace="AWS/Lambda",
        metric_name="ProvisionedConcurrencySpilloverInvocations",
        dimensions={"FunctionName": NAME, "Resource": f"{NAME}:{alias['name']}"},
        statistic="Sum",
        comparison_operator="GreaterThanThreshold",
        threshold=0,
        period=300,
        evaluation_periods=3,
        treat_missing_data="notBreaching",
        alarm_actions=[ON_CALL],
    )
    return stack


def live_alias(stack: Stack) -> Resource:
    """The alias that callers invoke. Each change of the code or the configuration publishes a version for it."""
    logs = Resource(stack, "aws_cloudwatch_log_group", "quotes", name=f"/aws/lambda/{NAME}", retention_in_days=30)
    lambda_service = {"type": "Service", "identifiers": ["lambda.amazonaws.com"]}
    statement = [allow("TrustLambda", ["sts:AssumeRole"], [], principals=lambda_service)]
    trust = DataSource(stack, "aws_iam_policy_document", "trust", statement=statement)
    role = Resource(stack, "aws_iam_role", "quotes", name=NAME, assume_role_policy=trust["json"])
    write_logs = allow("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [f"{logs['arn']}:*"])
    grant(stack, role, name="logs", statements=[write_logs])
    runs_on = {"compatible_runtimes": ["python3.13"], "compatible_architectures": ["arm64"]}
    layer = Resource(
        stack,
        "aws_lambda_layer_version",
        "dependencies",
        layer_name=f"{NAME}-dependencies",
        s3_bucket=BUCKET,
        s3_key=LAYER,
        skip_destroy=True,
        **runs_on,
    )
    function = Resource(
        stack,
        "aws_lambda_function",
        "quotes",
        function_name=NAME,
        role=role["arn"],
        runtime="python3.13",
        architectures=["arm64"],
        handler="quotes.handler",
        s3_bucket=BUCKET,
        s3_key=CODE,
        layers=[layer["arn"]],
        publish=True,
        timeout=10,
        memory_size=512,
        logging_config={"log_format": "JSON", "log_group": logs["name"]},
    )
    of = {"function_name": function["function_name"], "function_version": function["version"]}
    return Resource(stack, "aws_lambda_alias", "live", name="live", **of)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
