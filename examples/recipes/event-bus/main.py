"""An EventBridge event bus with an archive to replay from, and a rule with retries and a dead-letter queue."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack, jsonencode
from plainwork.iam import allow, condition

NAME = "shop-prod"
SOURCE = "shop.orders"  # the field source of the events that the archive keeps and the rule matches
DETAIL_TYPES = ["OrderPlaced", "OrderCancelled"]
DAYS_TO_REPLAY = 30
ON_CALL = "arn:aws:sns:eu-west-1:123456789012:on-call"


def build(app: App) -> Stack:
    stack = Stack(app, "event-bus")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "shop"}},
    )
    bus = Resource(stack, "aws_cloudwatch_event_bus", "shop", name=NAME)
    Resource(
        stack,
        "aws_cloudwatch_event_archive",
        "orders",
        name=f"{NAME}-orders",
        event_source_arn=bus["arn"],
        event_pattern=jsonencode({"source": [SOURCE]}),
        retention_days=DAYS_TO_REPLAY,
    )
    rule = Resource(
        stack,
        "aws_cloudwatch_event_rule",
        "billing",
        name=f"{NAME}-billing",
        event_bus_name=bus["name"],
        event_pattern=jsonencode({"source": [SOURCE], "detail-type": DETAIL_TYPES}),
    )
    queue = Resource(stack, "aws_sqs_queue", "billing", name=f"{NAME}-billing", sqs_managed_sse_enabled=True)
    dead_letters = Resource(
        stack,
        "aws_sqs_queue",
        "dead_letters",
        name=f"{NAME}-billing-dead-letters",
        message_retention_seconds=14 * 24 * 3600,
        sqs_managed_sse_enabled=True,
    )
    policies = [allow_rule(stack, rule, "billing", queue), allow_rule(stack, rule, "dead_letters", dead_letters)]
    Resource(
        stack,
        "aws_cloudwatch_event_target",
        "billing",
        rule=rule["name"],
        event_bus_name=bus["name"],
        target_id="billing",
        arn=queue["arn"],
        retry_policy={"maximum_event_age_in_seconds": 3600, "maximum_retry_attempts": 20},
        dead_letter_config={"arn": dead_letters["arn"]},
        depends_on=policies,
    )
    of_rule = {"EventBusName": bus["name"], "RuleName": rule["name"]}
    alarm(stack, "lost", "AWS/Events", "InvocationsFailedToBeSentToDlq", of_rule)
    alarm(stack, "dead_letters", "AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": dead_letters["name"]})
    return stack


def allow_rule(stack: Stack, rule: Resource, name: str, queue: Resource) -> Resource:
    document = DataSource(
        stack,
        "aws_iam_policy_document",
        name,
        statement=[
            allow(
                "AllowRule",
                ["sqs:SendMessage"],
                [queue["arn"]],
                condition("ArnEquals", "aws:SourceArn", rule["arn"]),
                principals={"type": "Service", "identifiers": ["events.amazonaws.com"]},
            )
        ],
    )
    return Resource(stack, "aws_sqs_queue_policy", name, queue_url=queue["id"], policy=document["json"])


def alarm(stack: Stack, name: str, namespace: str, metric_name: str, dimensions: dict[str, str]) -> None:
    Resource(
        stack,
        "aws_cloudwatch_metric_alarm",
        name,
        alarm_name=f"{NAME}-{name.replace('_', '-')}",
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
