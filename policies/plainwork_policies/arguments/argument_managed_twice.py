"""Argument is also managed by a separate resource.

What: A resource has an argument, and a separate resource of the stack manages the same for it with another value:
    `policy` of an `aws_sqs_queue` and an `aws_sqs_queue_policy`, `ingress` of an `aws_security_group` and an
    `aws_security_group_rule`, `managed_policy_arns` of an `aws_iam_role` and an `aws_iam_role_policy_attachment`. Or
    AWS changes it at run time: `desired_count` of an `aws_ecs_service` with an `aws_appautoscaling_target`,
    `desired_capacity` of an `aws_autoscaling_group` with an `aws_autoscaling_policy`, `min_capacity` of a target with a
    scheduled action.
Why: Each apply undoes what the other resource did. Every plan has a difference, and between two applies a rule, policy
    or route is missing. A deployment at noon sets a service that was scaled to 20 tasks to 2.
Remedy: Use the argument or the separate resources, not both. Where the argument is the value of the creation, add it to
    `ignore_changes`.
Limitations: The pairs are those of which a note in the provider's documentation warns, and the policies of resources
    that have one, such as a topic. A variable, a data source and an
    output of a module count as another object. An argument in `ignore_changes` passes; a plan without `--source` does
    not contain `ignore_changes`, so that there only an argument that the plan changes in an existing resource fails.
"""

from __future__ import annotations

from plainwork_policies.api import (
    Argument,
    Findings,
    Resource,
    Stack,
    all_conditions,
    cached_per_stack,
    check_each,
    flattened,
    policy,
)
from plainwork_policies.arguments.separate_resources import SEPARATE_RESOURCES


def _has_separate_resource(resource: Resource) -> bool:
    return any(resource[name].is_configured for name in _managed_arguments(resource.stack, resource.type))


@cached_per_stack
def _managed_arguments(stack: Stack, type_: str) -> list[str]:
    """Return the arguments of *type_* that resources of *stack* may manage."""
    return [separate.argument for separate in SEPARATE_RESOURCES[type_] if stack.managed(separate.type)]


@policy(
    "PLW_ARG_003",
    "argument-managed-twice",
    severity="medium",
    on=tuple(SEPARATE_RESOURCES),
    where=_has_separate_resource,
    links=(
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/security_group",
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_endpoint",
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_role",
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_policy_attachment",
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/kms_key",
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_service",
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/dynamodb_table",
    ),
)
def argument_managed_twice(resource: Resource) -> Findings:
    """Check each argument that a separate resource may manage."""
    arguments = dict.fromkeys(separate.argument for separate in SEPARATE_RESOURCES[resource.type])
    yield from check_each(arguments, lambda name: _problems(resource[name], resource))


def _problems(argument: Argument, resource: Resource) -> Findings:
    if not argument.is_configured:
        return
    rows = (separate for separate in SEPARATE_RESOURCES[resource.type] if separate.argument == argument.name)
    found = next(flattened(rows, lambda row: ((row, other) for other in row.managing(resource))), None)
    if found is None:
        return
    separate, other = found
    if not all_conditions(lambda: separate.is_set(argument), lambda: not _is_ignored(argument, resource)):
        return
    yield argument.fail(
        f"`{argument.name}` is set, but `{other.address}` manages it, too; each apply undoes the other",
        value=None,
        remedy=separate.remedy(other),
    )


def _is_ignored(argument: Argument, resource: Resource) -> bool:
    """Return whether `ignore_changes` has the argument; an update of it in a plan proves that it does not."""
    if (is_ignored := resource.owner.ignores(argument.path)) is not None:
        return is_ignored
    if resource.change and resource.change.actions == ("update",) and resource.changes(argument.path):
        return False
    raise argument.not_evaluated("a plan does not contain `ignore_changes`; pass its HCL with `--source`")
