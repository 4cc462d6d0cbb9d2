"""ARN is in a different partition than the resource.

What: An ARN in an argument or in an IAM statement whose partition is not that of the resource's Region (`arn:aws:` in a
    `cn-` or `us-gov-` stack, or the reverse), is not that of the Region in the ARN itself, or does not exist.
Why: Partitions share no accounts and no resources. A statement with such an ARN never matches: an Allow grants nothing
    and a Deny protects nothing, and AWS reports no error.
Remedy: Use `data.aws_partition` instead of a literal partition.
Limitations: An ARN is checked if the text begins with it, but not in tags, descriptions, environment variables or JSON
    other than policy documents. If the Region of the resource is unknown, so is its partition. Service principals and
    host names (`amazonaws.com.cn`) are not checked.
"""

from __future__ import annotations

from plainwork_core.aws.regions import known_partition, may_be_new, partitions
from plainwork_core.errors import did_you_mean
from plainwork_core.model.stack import Stack
from plainwork_policies.api import Finding, Findings, Subjects, policy
from plainwork_policies.regions.literal_arns import LiteralArn, is_literal, literal_arns
from plainwork_policies.regions.resource_regions import known_region


def arns_with_partition(stack: Stack) -> list[LiteralArn]:
    """Return the ARNs with a literal partition."""
    return [arn for arn in literal_arns(stack) if is_literal(arn.partition)]


@policy(
    "PLW_REGION_004",
    "arn-partition-mismatch",
    aliases=("partition-mismatch",),
    severity="high",
    on=Subjects(("resource", "document"), arns_with_partition),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",),
)
def arn_partition_mismatch(arn: LiteralArn) -> Findings:
    """Compare the partition with the ARN's own Region, and then with the Region of the resource."""
    partition = str(arn.partition)
    region = str(arn.region) if is_literal(arn.region) else ""
    if partition not in partitions():
        yield _failure(arn, f"which does not exist{did_you_mean(partition, partitions())}")
    elif (expected := known_partition(region)) and expected != partition:
        yield _failure(arn, f"but `{region}` is in partition `{expected}`", expected)
    else:
        yield from _check_resource(arn, partition)


def _check_resource(arn: LiteralArn, partition: str) -> Findings:
    region = known_region(arn.argument)
    expected = known_partition(region)
    if expected is None and not (may_be_new(region) and partition == "aws"):
        raise arn.argument.not_evaluated(f"`{region}` is not in the table of Regions; its partition is unknown")
    if expected not in (None, partition):
        yield _failure(arn, f"but the resource is in `{region}` (partition `{expected}`)", expected)


def _failure(arn: LiteralArn, reason: str, expected: str | None = None) -> Finding:
    literal = f", or `arn:{expected}:...`" if expected else ""
    return arn.argument.fail(
        f"`{arn.argument.path}` is `{arn.text}` in partition `{arn.partition}`, {reason}",
        value=arn.text,
        remedy=f"Use `arn:${{data.aws_partition.current.partition}}:...`{literal}.",
    )
