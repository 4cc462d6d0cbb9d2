"""ARN is in a different partition than the resource.

What: an ARN, in an argument or in a statement of a policy, whose partition is not that of the region its owner is
    deployed to (`arn:aws:` in a `cn-` or `us-gov-` stack and the other way round), is not that of the region in the ARN
    itself, or is none that AWS has.
Why: partitions share nothing, neither accounts nor resources. A statement with such an ARN matches nothing for ever: an
    Allow does not work, and a Deny does not protect, without an error from anybody.
Remedy: ask for the partition instead of writing it::

        data "aws_partition" "current" {}

        resource "aws_iam_role_policy_attachment" "logs" {
          role       = aws_iam_role.app.name
          policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/CloudWatchLogsReadOnlyAccess"
        }
Limitations: only what is written as an ARN from its first letter on is judged; not one in tags, descriptions,
    environment
    variables, other text or other JSON than policy documents. Where the region of the owner is not known, neither is
    its partition. Service principals and host names (`amazonaws.com.cn`) are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.regions import known_partition, may_be_new, partitions
from plainwork_core.errors import did_you_mean
from plainwork_core.model.stack import Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.regions.mentions import Mention, is_literal, mentions
from plainwork_policies.regions.table import region_of_resource


def with_partition(stack: Stack) -> list[Mention]:
    """Return the ARNs whose partition is spelt out."""
    return [each for each in mentions(stack) if is_literal(each.partition)]


@policy(
    "PLW_REGION_004",
    "arn-partition-mismatch",
    aliases=("partition-mismatch",),
    severity="high",
    subjects=with_partition,
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",),
)
def arn_partition_mismatch(mention: Mention, stack: Stack) -> Iterator[Finding]:
    """Judge one ARN by itself, and then by its owner's region."""
    named = str(mention.partition)
    region = str(mention.region) if is_literal(mention.region) else ""
    if named not in partitions():
        yield _failure(mention, f"`{named}` is no partition{did_you_mean(named, partitions())}", "")
        return
    of_region = known_partition(region)
    if of_region and of_region != named:
        yield _failure(mention, f"`{region}` is a region of `{of_region}`", of_region)
        return
    home = region_of_resource(mention.owner, stack)
    if isinstance(home, Unknown):
        yield not_evaluated(mention.path, home)
        return
    expected = known_partition(home)
    if expected is None and (may_be_new(home) and named == "aws"):
        return
    if expected is None:
        yield not_evaluated(mention.path, f"`{home}` is not in the table of regions, so its partition is unknown")
    elif expected != named:
        yield _failure(mention, f"its owner is in `{home}`, which is in `{expected}`", expected)


def _failure(mention: Mention, but: str, expected: str) -> Finding:
    written = f"`arn:{expected}:...`, or " if expected else ""
    return fail(
        mention.path,
        f"names `{mention.text}` in the partition `{mention.partition}`, but {but}",
        value=mention.text,
        remedy=f"write {written}`${{data.aws_partition.current.partition}}` in place of the partition",
    )
