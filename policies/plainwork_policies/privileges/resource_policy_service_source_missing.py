"""Resource-based policy allows an AWS service without limiting its source.

What: A statement of the policy of a bucket, queue or topic, or a permission of a Lambda function, allows a service
    principal without a condition on the resource, account or organization for which the service acts.
Why: The service acts for every AWS account. A bucket notification, rule or trail of another account can make it send
    messages to the queue, write to the bucket or run the function (the confused deputy).
Remedy: Add a condition on `aws:SourceArn` or `aws:SourceAccount`; for a Lambda permission, set `source_arn` or
    `source_account`.
Limitations: For functions, every service except Lambda@Edge is checked, and a finding is medium. For the others,
    those services are checked whose documentation has the condition for that type of resource: the table is in the
    module. Trust policies and key policies are not checked: not every service sends the keys there.
"""

from __future__ import annotations

from plainwork_core.iam.conditions import is_limited
from plainwork_core.iam.principal_scope import is_limited_by_deny
from plainwork_core.iam.statement import Principal
from plainwork_core.model.rendering import quote, render
from plainwork_core.model.ternary import Ternary
from plainwork_core.model.values import Unknown
from plainwork_policies.api import Finding, Findings, Stack, check_each, policy
from plainwork_policies.privileges.subjects import principal_name, resource_kind
from plainwork_policies.reading.statement import Statement, statements_of

_FUNCTION = "function"
_SERVICES = {
    # https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
    # https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
    # https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions.html
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
    # https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html
    "bucket": ("cloudtrail", "config", "delivery.logs", "logging.s3", "s3", "ses"),
    # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
    # https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
    "queue": ("events", "s3", "sns"),
    # https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
    # https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-permissions-for-sns-notifications.html
    # https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
    "topic": ("budgets", "cloudtrail", "cloudwatch", "s3", "ses"),
}
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
_WITHOUT_SOURCE = ("edgelambda.amazonaws.com", "replicator.lambda.amazonaws.com")
"""The services of Lambda@Edge, whose documentation has no condition on a source."""
_SOURCES = (
    "aws:principalorg",  # `principal_org_id` of a Lambda permission
    "aws:referer",  # the account ID, in earlier pages about Amazon SES
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "lambda:eventsourcetoken",
)


@policy(
    "PLW_PRIV_019",
    "resource-policy-service-source-missing",
    severity="low",
    on=statements_of("resource"),
    where=lambda statement: resource_kind(statement) in (*_SERVICES, _FUNCTION),
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
        "https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html",
    ),
)
def resource_policy_service_source_missing(statement: Statement, stack: Stack) -> Findings:
    """Check each service principal."""
    limited = is_limited(statement.owner, lambda key: key.startswith(_SOURCES), to_account=True)
    if statement.is_deny or limited is True:
        return

    def check(principal: Principal) -> Findings:
        is_checked = _is_checked(principal, resource_kind(statement))
        if is_checked is False:
            return
        statement.require_grant("Principal", is_checked, limited, is_limited_by_deny(statement.owner, stack))
        yield _finding(statement, quote(principal.value))

    yield from check_each(statement.owner.principals, check)


def _is_checked(principal: Principal, kind: str | None) -> Ternary:
    if isinstance(principal.type, Unknown):
        return principal.type
    if principal.type != "Service" or kind == _FUNCTION:
        return principal.type == "Service" and principal.value not in _WITHOUT_SOURCE
    service = (render(principal.value) or "${").partition(".amazonaws.com")[0]
    if isinstance(principal.value, Unknown) and "${" in service:
        return principal.value
    return service in _SERVICES.get(kind or "", ())


def _finding(statement: Statement, service: str) -> Finding:
    kind = resource_kind(statement)
    is_function = kind == _FUNCTION
    return statement["Principal"].fail(
        f"`{principal_name(statement)}` is `{service}` without a condition on its source; "
        f"the service can use the {kind} for any AWS account",
        value=service,
        remedy="Set `source_arn` or `source_account`."
        if is_function
        else "Add a condition on `aws:SourceArn` or `aws:SourceAccount`.",
        severity="medium" if is_function else None,
    )
