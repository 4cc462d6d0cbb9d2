"""A Lambda function that processes the messages of an SQS queue, with a dead-letter queue and alarms."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack, jsonencode
from plainwork.iam import allow, grant

NAME = "invoices-prod"
CODE = {"s3_bucket": "example-prod-artifacts", "s3_key": "invoices/7c1f2ab.zip"}  # the key has the Git revision
TIMEOUT = 30  # seconds, for one batch
MAX_CONCURRENCY = 10  # what the systems behind the function can take
MAX_AGE = 900  # seconds that a message may wait
ON_CALL = "arn:aws:sns:eu-west-1:123456789012:on-call"


def build(app: App) -> Stack:
    stack = Stack(app, "queue-courier")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "billing"}},
    )
    dead_letters = Resource(
        stack,
        "aws_sqs_queue",
        "dead_letters",
        name=f"{NAME}-dead-letters",
        message_retention_seconds=14 * 24 * 3600,
        sqs_managed_sse_enabled=True,
    )
    queue = Resource(
        stack,
        "aws_sqs_queue",
        "invoices",
        name=NAME,
        visibility_timeout_seconds=6 * TIMEOUT,
        sqs_managed_sse_enabled=True,
        redrive_policy=jsonencode({"deadLetterTargetArn": dead_letters["arn"], "maxReceiveCount": 5}),
    )
    Resource(
        stack,
        "aws_sqs_queue_redrive_allow_policy",
        "dead_letters",
        queue_url=dead_letters["id"],
        redrive_allow_policy=jsonencode({"redrivePermission": "byQueue", "sourceQueueArns": [queue["arn"]]}),
    )
    logs = Resource(
        stack, "aws_cloudwatch_log_group", "courier", name=f"/aws/lambda/{NAME}-courier", retention_in_days=30
    )
    lambda_service = {"type": "Service", "identifiers": ["lambda.amazonaws.com"]}
    trust = DataSource(
        stack,
        "aws_iam_policy_document",
        "trust",
        statement=[allow("TrustLambda", ["sts:AssumeRole"], [], principals=lambda_service)],
    )
    role = Resource(stack, "aws_iam_role", "courier", name=f"{NAME}-courier", assume_role_policy=trust["json"])
    receive = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    write_logs = allow("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [f"{logs['arn']}:*"])
    permissions = grant(
        stack, role, name="courier", statements=[allow("ReceiveInvoices", receive, [queue["arn"]]), write_logs]
    )
    function = Resource(
        stack,
        "aws_lambda_function",
        "courier",
        function_name=f"{NAME}-courier",
        role=role["arn"],
        runtime="python3.13",
        architectures=["arm64"],
        handler="courier.handler",
        **CODE,
        timeout=TIMEOUT,
        memory_size=256,
        logging_config={"log_format": "JSON", "log_group": logs["name"]},
    )
    Resource(
        stack,
        "aws_lambda_event_source_mapping",
        "invoices",
        event_source_arn=queue["arn"],
        function_name=function["arn"],
        batch_size=10,
        function_response_types=["ReportBatchItemFailures"],
        scaling_config={"maximum_concurrency": MAX_CONCURRENCY},
        depends_on=[permissions],
    )
    alarm(stack, "dead_letters", dead_letters, "ApproximateNumberOfMessagesVisible", 0)
    alarm(stack, "age", queue, "ApproximateAgeOfOldestMessage", MAX_AGE)
    return stack


def alarm(stack: Stack, name: str, queue: Resource, metric_name: str, threshold: int) -> None:
    Resource(
        stack,
        "aws_cloudwatch_metric_alarm",
        name,
        alarm_name=f"{NAME}-{name.replace('_', '-')}",
        namespace="AWS/SQS",
        metric_name=metric_name,
        dimensions={"QueueName": queue["name"]},
        statistic="Maximum",
        comparison_operator="GreaterThanThreshold",
        threshold=threshold,
        period=60,
        evaluation_periods=1,
        treat_missing_data="notBreaching",
        alarm_actions=[ON_CALL],
    )


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
