"""A Lambda function that is invoked asynchronously, with retries and a queue for the invocations that failed."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack
from plainwork.iam import allow, grant

NAME = "send-report-prod"
CODE = {"s3_bucket": "example-prod-artifacts", "s3_key": "send-report/7c1f2ab.zip"}  # the key has the Git revision
TIMEOUT = 60  # seconds
MAX_AGE = 3600  # seconds after which a command is of no use any more
MAX_CONCURRENCY = 20  # taken from the account's, so no other function can use them up
ON_CALL = "arn:aws:sns:eu-west-1:123456789012:on-call"


def build(app: App) -> Stack:
    stack = Stack(app, "lambda-command")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "reports"}},
    )
    failed = Resource(
        stack,
        "aws_sqs_queue",
        "failed",
        name=f"{NAME}-failed",
        message_retention_seconds=14 * 24 * 3600,
        sqs_managed_sse_enabled=True,
    )
    logs = Resource(stack, "aws_cloudwatch_log_group", "command", name=f"/aws/lambda/{NAME}", retention_in_days=30)
    lambda_service = {"type": "Service", "identifiers": ["lambda.amazonaws.com"]}
    trust = DataSource(
        stack,
        "aws_iam_policy_document",
        "trust",
        statement=[allow("TrustLambda", ["sts:AssumeRole"], [], principals=lambda_service)],
    )
    role = Resource(stack, "aws_iam_role", "command", name=NAME, assume_role_policy=trust["json"])
    statements = [
        allow("KeepFailed", ["sqs:SendMessage"], [failed["arn"]]),
        allow("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [f"{logs['arn']}:*"]),
    ]
    permissions = grant(stack, role, name="command", statements=statements)
    function = Resource(
        stack,
        "aws_lambda_function",
        "command",
        function_name=NAME,
        role=role["arn"],
        runtime="python3.13",
        architectures=["arm64"],
        handler="command.handler",
        **CODE,
        timeout=TIMEOUT,
        memory_size=256,
        reserved_concurrent_executions=MAX_CONCURRENCY,
        logging_config={"log_format": "JSON", "log_group": logs["name"]},
    )
    Resource(
        stack,
        "aws_lambda_function_event_invoke_config",
        "command",
        function_name=function["function_name"],
        maximum_retry_attempts=2,
        maximum_event_age_in_seconds=MAX_AGE,
        destination_config={"on_failure": {"destination": failed["arn"]}},
        depends_on=[permissions],
    )
    alarm(stack, "failed", "AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": failed["name"]})
    alarm(stack, "lost", "AWS/Lambda", "DestinationDeliveryFailures", {"FunctionName": function["function_name"]})
    return stack


def alarm(stack: Stack, name: str, namespace: str, metric_name: str, dimensions: dict[str, str]) -> None:
    Resource(
        stack,
        "aws_cloudwatch_metric_alarm",
        name,
        alarm_name=f"{NAME}-{name}",
        namespace=namespace,
        metric_name=metric_name,
        dimensions=dimensions,
        statistic="Sum",
        comparison_operator="GreaterThanThreshold",
        threshold=0,
        period=60,
        evaluation_periods=1,
        treat_missing_data="notBreaching",
        alarm_actions=[ON_CALL],
    )


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
