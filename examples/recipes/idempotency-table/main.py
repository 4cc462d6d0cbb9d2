"""A DynamoDB table that remembers processed requests: conditional writes, expiry, recovery and a stream."""

from __future__ import annotations

from plainwork import App, DataSource, Output, Provider, Resource, Stack
from plainwork.iam import allow

NAME = "payments-idempotency"
KEY, EXPIRY = "id", "expiration"  # attributes: the id of the request, and seconds since 1970
PAGER = "arn:aws:sns:eu-west-1:123456789012:pager"


def build(app: App) -> Stack:
    stack = Stack(app, "idempotency-table")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "payments"}},
    )
    table = Resource(
        stack,
        "aws_dynamodb_table",
        "idempotency",
        name=NAME,
        billing_mode="PAY_PER_REQUEST",
        hash_key=KEY,
        attribute=[{"name": KEY, "type": "S"}],
        ttl={"attribute_name": EXPIRY, "enabled": True},
        point_in_time_recovery={"enabled": True},
        stream_enabled=True,
        stream_view_type="NEW_AND_OLD_IMAGES",
        deletion_protection_enabled=True,
    )
    write = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"]
    follow = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
    writer = allow("RememberRequests", write, [table["arn"]])
    reader = allow("FollowChanges", follow, [table["stream_arn"]])
    for name, statement in (("writer", writer), ("reader", reader)):
        document = DataSource(stack, "aws_iam_policy_document", name, statement=statement)
        policy = Resource(stack, "aws_iam_policy", name, name=f"{NAME}-{name}", policy=document["json"])
        Output(stack, f"{name}_policy_arn", value=policy["arn"])
    for name, metric_name, threshold, periods in (
        ("throttled", "WriteThrottleEvents", 0, 3),
        ("repeated", "ConditionalCheckFailedRequests", 100, 1),  # a client or a queue repeats in a loop
    ):
        Resource(
            stack,
            "aws_cloudwatch_metric_alarm",
            name,
            alarm_name=f"{NAME}-{name}",
            namespace="AWS/DynamoDB",
            metric_name=metric_name,
            dimensions={"TableName": table["name"]},
            statistic="Sum",
            period=60,
            evaluation_periods=periods,
            comparison_operator="GreaterThanThreshold",
            threshold=threshold,
            treat_missing_data="notBreaching",
            alarm_actions=[PAGER],
        )
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
