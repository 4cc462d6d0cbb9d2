"""SQS queue visibility timeout is shorter than the timeout of its Lambda function.

What: `visibility_timeout_seconds` of the `aws_sqs_queue` of an `aws_lambda_event_source_mapping` is less than `timeout`
    of its `aws_lambda_function`. The defaults are 30 and 3 seconds.
Why: A message would be visible again while the function still processes it. Lambda rejects the mapping during the
    apply: "Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds". AWS recommends six times
    the timeout, so that Lambda can try a batch again while the function is throttled.
Remedy: Set `visibility_timeout_seconds` to six times `timeout`, plus `maximum_batching_window_in_seconds`.
Limitations: Queue, function and alias must be resources of the stack, and the alias must have the version that the
    function publishes, or `$LATEST`. A visibility timeout between one and six times the timeout passes.
"""

from __future__ import annotations

from plainwork_policies.api import Argument, Findings, Resource, policy

_QUEUE, _FUNCTION, _ALIAS = "aws_sqs_queue", "aws_lambda_function", "aws_lambda_alias"
_NAMES = ("arn", "function_name")
_VISIBILITY, _TIMEOUT = "visibility_timeout_seconds", "timeout"
_DEFAULTS = {_VISIBILITY: 30, _TIMEOUT: 3}
_FACTOR = 6


@policy(
    "PLW_ARG_007",
    "sqs-visibility-timeout-short",
    severity="medium",
    on="aws_lambda_event_source_mapping",
    where=lambda mapping: mapping["event_source_arn"].refers_to(_QUEUE, "arn") and bool(_attributes(mapping)),
    links=("https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",),
)
def sqs_visibility_timeout_short(mapping: Resource) -> Findings:
    """Check the queue and the function of the mapping."""
    queue = mapping["event_source_arn"].resource(_QUEUE, "arn")
    function = _function_name(mapping).resource(_FUNCTION, _attributes(mapping)[0])
    visibility, timeout = _seconds(queue, _VISIBILITY), _seconds(function, _TIMEOUT)
    if visibility < timeout:
        window = mapping["maximum_batching_window_in_seconds"].number(default=0)
        yield mapping["event_source_arn"].fail(
            f"`{_VISIBILITY}` of {queue.address} is {visibility}, but `{_TIMEOUT}` of {function.address} is {timeout}; "
            "Lambda rejects the mapping",
            value=visibility,
            remedy=f"Set `{_VISIBILITY} = {_FACTOR * timeout + window}` in {queue.address}.",
        )


def _attributes(mapping: Resource) -> list[str]:
    return [name for name in _NAMES if _function_name(mapping).refers_to(_FUNCTION, name)]


def _function_name(mapping: Resource) -> Argument:
    """Return the argument that names the function: that of the alias, if it has the version with the arguments."""
    name = mapping["function_name"]
    if not name.refers_to(_ALIAS, "arn"):
        return name
    alias = name.resource(_ALIAS, "arn")
    version = alias["function_version"]
    is_newest = version.raw == "$LATEST" or version.refers_to(_FUNCTION, "version")
    return alias["function_name"] if is_newest else name


def _seconds(resource: Resource, name: str) -> int | float:
    return resource[name].number(default=_DEFAULTS[name])
