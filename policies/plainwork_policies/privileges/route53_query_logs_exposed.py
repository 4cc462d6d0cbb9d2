"""IAM policy for all logs includes Route 53 query logs.

What: The stack writes DNS queries to a log group or bucket (`aws_route53_query_log`,
    `aws_route53_resolver_query_log_config`), and an identity-based policy allows reading all log groups, or the objects
    of all buckets.
Why: The query log contains the names that each instance resolves: its peers, its software and, with DNS tunnels, data.
    Security teams require it; other readers of logs do not.
Remedy: List the log groups or buckets that the principal requires.
Limitations: Only query logs of this stack are known. A statement that lists the log group, or a wildcard of names, is
    accepted. A condition on a tag or on a key of the service limits the statement. `logs:*`, `s3:*` and `*` are checked
    by `iam-wildcard-action`, bucket policies by `s3-bucket-policy-broad-read` and `resource-policy-public-access`. AWS
    managed policies are not checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from plainwork_core.aws.arn import parse_arn
from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.iam import of_kinds
from plainwork_core.iam.conditions import is_limited
from plainwork_core.iam.reach import matches_action, reaches_every, specific_actions
from plainwork_core.model.references import referents
from plainwork_core.model.rendering import quote, render
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, Subjects, check_each, policy
from plainwork_policies.reading.statement import Statement

_QUERY_LOG, _RESOLVER_LOG = "aws_route53_query_log", "aws_route53_resolver_query_log_config"
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
_READ_ACTIONS = {
    "logs": ("logs:getlogevents", "logs:filterlogevents", "logs:startquery", "logs:startlivetail"),
    "s3": ("s3:getobject",),
}
_CONTAINERS = {"logs": "log groups", "s3": "buckets"}
_SERVICES = {"aws_cloudwatch_log_group": "logs", "aws_s3_bucket": "s3"}
_LIMITING = ("aws:resourcetag/", "logs:resourcetag/", "s3:existingobjecttag/", "s3:dataaccesspoint")


def statements_beside_query_logs(stack: Stack) -> Iterable[ModelStatement]:
    """Return the statements of identity-based policies, if the stack logs DNS queries."""
    return of_kinds("identity")(stack) if _query_logs(stack) else ()


@policy(
    "PLW_PRIV_016",
    "route53-query-logs-exposed",
    severity="medium",
    on=Subjects((_QUERY_LOG, _RESOLVER_LOG), statements_beside_query_logs, Statement),
    aliases=("dns-query-logs-open",),
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html",),
)
def route53_query_logs_exposed(statement: Statement, stack: Stack) -> Findings:
    """Check whether the statement reads all log groups or all buckets."""
    if not statement.is_deny and not statement["NotResource"].is_configured:
        yield from check_each(_query_logs(stack).items(), partial(_check, statement))


def _check(statement: Statement, query_log: tuple[str, tuple[str, Ternary]]) -> Findings:
    service, (address, is_written) = query_log
    limited = is_limited(statement.owner, lambda key: key.startswith(_LIMITING))
    reads_all = any_of(_reads_all(statement.owner, action) for action in _READ_ACTIONS[service])
    if limited is True or reads_all is False:
        return
    statement.require_grant("Resource", reads_all, limited, is_written)
    resources = [quote(resource) for resource in statement.owner.resources]
    yield statement["Resource"].fail(
        f"`Resource` is {enumeration(resources)}; it allows reading all {_CONTAINERS[service]}, "
        f"which includes the query logs of `{address}`",
        value=resources,
        remedy=f"List the {_CONTAINERS[service]} that the principal requires.",
    )


def _reads_all(statement: ModelStatement, action: str) -> Ternary:
    allowed = any_of(matches_action(pattern, action) for pattern in specific_actions(statement))
    return all_of((allowed, reaches_every(statement, action)))


@cached_per_stack
def _query_logs(stack: Stack) -> dict[str, tuple[str, Ternary]]:
    """By service (`logs`, `s3`), the address of the first resource that writes DNS queries to it, if it certainly does.

    Otherwise the first resource with an unknown destination, and that destination.
    """
    services = {resource.address: _service(stack, resource) for resource in stack.managed(_QUERY_LOG, _RESOLVER_LOG)}
    possible = [(address, service) for address, service in services.items() if isinstance(service, Unknown)]
    found: dict[str, tuple[str, Ternary]] = dict.fromkeys(_READ_ACTIONS, possible[0]) if possible else {}
    for address, service in reversed(services.items()):
        if isinstance(service, str) and service in _READ_ACTIONS:
            found[service] = address, True
    return found


def _service(stack: Stack, resource: Resource) -> str | Unknown:
    """Return the service that receives the queries; an unknown ARN may be that of a log group or a bucket."""
    if resource.type == _QUERY_LOG:
        return "logs"
    destination = resource.get("destination_arn")
    unknown = destination if isinstance(destination, Unknown) else None
    types = {referent.type for referent in referents(stack, resource, unknown)} if unknown is not None else set()
    if known := next((service for type_, service in _SERVICES.items() if type_ in types), None):
        return known
    arn = parse_arn(render(destination) or "") if isinstance(destination, str | Unknown) else None
    if arn is not None:
        return arn.service
    return "" if unknown is None or types else unknown
