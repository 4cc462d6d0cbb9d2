"""An SNS topic that sends each event to the queues that filter for it, with a dead-letter queue for each subscriber."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack, jsonencode
from plainwork.iam import allow, condition

TOPIC = "orders-prod"
SUBSCRIBERS = {  # the values of the message attribute event_type that each of them receives
    "billing": ["order_placed", "order_cancelled"],
    "shipping": ["order_placed"],
}
VISIBILITY_TIMEOUT = 180  # seconds; six times the timeout of a Lambda function that reads the queue
ON_CALL = "arn:aws:sns:eu-west-1:123456789012:on-call"


def build(app: App) -> Stack:
    stack = Stack(app, "town-crier")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "orders"}},
    )
    topic = Resource(stack, "aws_sns_topic", "orders", name=TOPIC, kms_master_key_id="alias/aws/sns")
    alarm(stack, "lost", "AWS/SNS", "NumberOfNotificationsFailedToRedriveToDlq", {"TopicName": topic["name"]})
    for name, event_types in SUBSCRIBERS.items():
        subscribe(stack, topic, name, event_types)
    return stack


def subscribe(stack: Stack, topic: Resource, name: str, event_types: list[str]) -> None:
    """A queue for one subscriber. What cannot be delivered or processed moves to its dead-letter queue."""
    dead_letters = Resource(
        stack,
        "aws_sqs_queue",
        f"{name}_dead_letters",
        name=f"{TOPIC}-{name}-dead-letters",
        message_retention_seconds=14 * 24 * 3600,
        sqs_managed_sse_enabled=True,
    )
    redrive = {"deadLetterTargetArn": dead_letters["arn"]}
    queue = Resource(
        stack,
        "aws_sqs_queue",
        name,
        name=f"{TOPIC}-{name}",
        visibility_timeout_seconds=VISIBILITY_TIMEOUT,
        sqs_managed_sse_enabled=True,
        redrive_policy=jsonencode({**redrive, "maxReceiveCount": 5}),
    )
    policies = [allow_topic(stack, topic, name, queue), allow_topic(stack, topic, f"{name}_dead_letters", dead_letters)]
    Resource(
        stack,
        "aws_sns_topic_subscription",
        name,
        topic_arn=topic["arn"],
        protocol="sqs",
        endpoint=queue["arn"],
        raw_message_delivery=True,
        filter_policy=jsonencode({"event_type": event_types}),
        redrive_policy=jsonencode(redrive),
        depends_on=policies,
    )
    dimensions = {"QueueName": dead_letters["name"]}
    alarm(stack, f"{name}_dead_letters", "AWS/SQS", "ApproximateNumberOfMessagesVisible", dimensions)


def allow_topic(stack: Stack, topic: Resource, name: str, queue: Resource) -> Resource:
    document = DataSource(
        stack,
        "aws_iam_policy_document",
        name,
        statement=[
            allow(
                "AllowTopic",
                ["sqs:SendMessage"],
                [queue["arn"]],
                condition("ArnEquals", "aws:SourceArn", topic["arn"]),
                principals={"type": "Service", "identifiers": ["sns.amazonaws.com"]},
            )
        ],
    )
    return Resource(stack, "aws_sqs_queue_policy", name, queue_url=queue["id"], policy=document["json"])


def alarm(stack: Stack, name: str, namespace: str, metric_name: str, dimensions: dict[str, str]) -> None:
    Resource(
        stack,
        "aws_cloudwatch_metric_alarm",
        name,
        alarm_name=f"{TOPIC}-{name.replace('_', '-')}",
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
