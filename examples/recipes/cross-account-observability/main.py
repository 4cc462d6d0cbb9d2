"""Cross-account observability: a sink in the monitoring account, and a link in each account whose data it shows."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack
from plainwork.iam import ANY_PRINCIPAL, allow, condition

ORGANIZATION_ID = "o-a1b2c3d4e5"
MONITORING_ACCOUNT_ID = "123456789012"
SOURCE_ACCOUNT_IDS = {"dev": "111122223333", "prod": "444455556666"}
ROLE = "terraform-observability"  # in each source account; the page has its permissions
TYPES = ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup", "AWS::XRay::Trace"]
LOG_GROUPS = "LogGroupName LIKE '/shop/%' OR LogGroupName LIKE '/aws/lambda/shop-%'"
REGION = "eu-west-1"


def build(app: App) -> Stack:
    stack = Stack(app, "cross-account-observability")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region=REGION,
        allowed_account_ids=[MONITORING_ACCOUNT_ID],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    sink = Resource(stack, "aws_oam_sink", "monitoring", name="monitoring")
    organization = condition("StringEquals", "aws:PrincipalOrgID", ORGANIZATION_ID)
    types = condition("ForAllValues:StringEquals", "oam:ResourceTypes", *TYPES)
    links = ["oam:CreateLink", "oam:UpdateLink"]
    document = DataSource(
        stack,
        "aws_iam_policy_document",
        "sink",
        statement=[allow("AllowOrganization", links, ["*"], organization, types, principals=ANY_PRINCIPAL)],
    )
    policy = Resource(stack, "aws_oam_sink_policy", "monitoring", sink_identifier=sink["arn"], policy=document["json"])
    for name, account_id in SOURCE_ACCOUNT_IDS.items():
        source = Provider(
            stack,
            "aws",
            alias=name,
            region=REGION,
            allowed_account_ids=[account_id],
            assume_role={"role_arn": f"arn:aws:iam::{account_id}:role/{ROLE}"},
            default_tags={"tags": {"Environment": name, "Owner": "platform"}},
        )
        Resource(
            stack,
            "aws_oam_link",
            name,
            provider=source,
            sink_identifier=sink["arn"],
            label_template="$AccountName",
            resource_types=TYPES,
            link_configuration={"log_group_configuration": {"filter": LOG_GROUPS}},
            depends_on=[policy],
        )
    alarm(stack, "prod")
    return stack


def alarm(stack: Stack, source: str) -> None:
    """An alarm in the monitoring account on the errors of all functions of a source account."""
    errors = {"namespace": "AWS/Lambda", "metric_name": "Errors", "stat": "Sum", "period": 300}
    Resource(
        stack,
        "aws_cloudwatch_metric_alarm",
        f"{source}_function_errors",
        alarm_name=f"{source}-function-errors",
        alarm_description="Lambda functions of the account fail. Search /aws/lambda/shop-* in Logs Insights.",
        comparison_operator="GreaterThanThreshold",
        threshold=10,
        evaluation_periods=3,
        datapoints_to_alarm=2,
        treat_missing_data="notBreaching",
        metric_query={"id": "errors", "account_id": SOURCE_ACCOUNT_IDS[source], "metric": errors, "return_data": True},
    )


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
