"""Resource does not propagate a required tag to what it creates.

What: A `replica` of an `aws_dynamodb_table`, or an `aws_batch_job_definition`, without `propagate_tags = true`, if the
    resource has a required tag.
Why: The tags of the table apply to the table in its own Region only, and those of the job definition to the definition
    only. The replicas and the ECS tasks of the jobs cause the cost: without tags they are not attributed on the bill,
    and IAM conditions on tags do not match them.
Remedy: Set `propagate_tags = true`.
Limitations: Keys are checked, values are not. A required tag that the resource itself does not have is a finding of
    `tag-required-missing` only. Jobs on Amazon EKS have no tags and pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_policies.api import Argument, Findings, Resource, check_each, policy
from plainwork_policies.tags.settings import TagSettings
from plainwork_policies.tags.tag_keys import effective_keys, tags_named

_JOBS = "aws_batch_job_definition"
PROPAGATING: Mapping[str, tuple[str, str]] = {
    _JOBS: ("propagate_tags", "the ECS tasks of the jobs"),
    "aws_dynamodb_table": ("replica.propagate_tags", "the replica"),
}
"""By resource type: the argument, which is `false` by default, and what gets the tags.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#propagate_tags
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_job_definition#propagate_tags
"""


def has_targets(resource: Resource) -> bool:
    """Return whether *resource* creates what its tags can be propagated to."""
    return any(True for _ in _arguments(resource))


@policy(
    "PLW_TAG_009",
    "tag-not-propagated",
    severity="low",
    on=tuple(PROPAGATING),
    where=has_targets,
    links=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#propagate_tags",
    ),
    settings=("required",),
    requires="required",
)
def tag_not_propagated(resource: Resource, settings: TagSettings) -> Findings:
    """Check each argument that propagates tags."""
    yield from check_each(_arguments(resource), lambda argument: _check(resource, argument, settings))


def _check(resource: Resource, argument: Argument, settings: TagSettings) -> Findings:
    if argument.bool(default=False):
        return
    keys = effective_keys(resource)
    if lost := [key for key in settings.required if key in keys]:
        _, target = PROPAGATING[resource.type]
        yield argument.fail(
            f"`{argument.path}` is {argument.state}; {target} does not get {tags_named(lost)}",
            value=lost,
            remedy="Set `propagate_tags = true`.",
        )


def _arguments(resource: Resource) -> Iterator[Argument]:
    path, _ = PROPAGATING[resource.type]
    if resource.type != _JOBS or not resource.blocks("eks_properties"):
        yield from resource.arguments(path)
