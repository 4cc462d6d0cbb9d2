"""IAM policy for all logs includes Route 53 query logs.

What: the stack writes DNS queries to a log group or a bucket (`aws_route53_query_log`,
    `aws_route53_resolver_query_log_config`), and an identity policy's statement allows reading every log group, or the
    objects of every bucket.
Why: the log says which names each machine has asked for: who talks to whom, what software runs where, and, with
    tunnels, the data itself. It was meant for those who look for intruders, not for everyone who looks at a log.
Remedy: name the log groups that the holder needs::

        actions   = ["logs:GetLogEvents", "logs:FilterLogEvents"]
        resources = ["${aws_cloudwatch_log_group.app.arn}:*"]
Limitations: only logs that this stack sets up are known. A statement that names the log group or a part of the names is
    taken for meant. A condition on a tag or on a key of the service counts as narrowing. `logs:*`, `s3:*` and `*` are
    `iam-wildcard-action`'s; bucket policies are `s3-bucket-policy-broad-read`'s; AWS managed policies are not looked
    into.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.arn import parse_arn
from plainwork_core.iam import Statement, of_kinds
from plainwork_core.iam.conditions import narrowed
from plainwork_core.iam.reach import names_action, reaches_every
from plainwork_core.model.references import referents
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.ternary import all_of, any_of
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.privileges.iam_wildcard_action import is_service_wide

_DESTINATIONS = {
    "aws_route53_query_log": "cloudwatch_log_group_arn",
    "aws_route53_resolver_query_log_config": "destination_arn",
}
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
_READS = {
    "logs": ("logs:getlogevents", "logs:filterlogevents", "logs:startquery", "logs:startlivetail"),
    "s3": ("s3:getobject",),
}
_PLACES = {"logs": "log group", "s3": "bucket"}
_NARROWING = ("aws:resourcetag/", "logs:resourcetag/", "s3:existingobjecttag/", "s3:dataaccesspoint")


def readers(stack: Stack) -> list[Statement]:
    """Return the statements of identities, where the stack logs DNS queries."""
    return of_kinds("identity")(stack) if _logs(stack) else []


@policy(
    "PLW_PRIV_016",
    "route53-query-logs-exposed",
    aliases=("dns-query-logs-open",),
    severity="medium",
    subjects=readers,
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html",),
)
def route53_query_logs_exposed(statement: Statement, stack: Stack) -> Iterator[Finding]:
    """Judge one statement by whether it reads all logs, or all buckets."""
    narrow = narrowed(statement, lambda key: key.startswith(_NARROWING))
    if statement.effect == "Deny" or statement.not_resources or narrow is True:
        return
    for service, address in _logs(stack).items():
        open_ = any_of(_reads_all(statement, read) for read in _READS[service])
        if open_ is False:
            continue
        path = statement.path("Resource")
        if doubt := statement.doubt(open_, narrow):
            yield not_evaluated(path, doubt)
            continue
        message = f"allows reading every {_PLACES[service]}, that of the DNS queries (`{address}`) included"
        value = [render(resource) for resource in statement.resources]
        yield fail(path, message, value=value, remedy=f"name each {_PLACES[service]} that the holder needs")


def _reads_all(statement: Statement, read: str) -> bool | Unknown:
    actions = [action for action in statement.actions if not is_service_wide(render(action) or "")]
    return all_of((any_of(names_action(action, read) for action in actions), reaches_every(statement, read)))


@cached_per_stack
def _logs(stack: Stack) -> dict[str, str]:
    """What logs DNS queries, by the service that keeps them; the first of each."""
    found: dict[str, str] = {}
    for resource in stack.managed(*_DESTINATIONS):
        service = _service(stack, resource)
        if service in _READS:
            found.setdefault(service, resource.address)
    return found


def _service(stack: Stack, resource: Resource) -> str:
    destination = resource.get(_DESTINATIONS[resource.type])
    if isinstance(destination, Unknown):
        types = {each.type for each in referents(stack, resource, destination)}
        by_type = {"aws_cloudwatch_log_group": "logs", "aws_s3_bucket": "s3"}
        if known := next((service for type_, service in by_type.items() if type_ in types), None):
            return known
    arn = parse_arn(render(destination) or "") if isinstance(destination, str | Unknown) else None
    return arn.service if arn else "logs" if resource.type == "aws_route53_query_log" else ""
