"""EFS file system has two mount targets in one Availability Zone.

What: two `aws_efs_mount_target` of one file system in the same subnet, or in two subnets of the same zone.
Why: EFS takes one for each zone, and refuses the second in the middle of an apply. Who wanted two zones has one: when
    it is gone, so are the files.
Remedy: a subnet of each zone, and no more::

        resource "aws_efs_mount_target" "files" {
          for_each = { for zone in ["eu-west-1a", "eu-west-1b"] : zone => aws_subnet.private[zone].id }

          file_system_id = aws_efs_file_system.files.id
          subnet_id      = each.value
        }
Limitations: subnets that are not in the stack are told apart by their ids only. What `count` and `for_each` make is
    compared
    in plans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from plainwork_core.model.connections import resolve_reference
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.ternary import Ternary
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.efs.efs_mount_target_public_ingress import mount_targets
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_ID = re.compile(r"(?:module\..*\.)?aws_\w+\.[\w-]+(?:\[[^\]]*\])?\.id")
_ZONES = ("availability_zone", "availability_zone_id")


@policy(
    "PLW_EFS_009",
    "efs-mount-targets-same-zone",
    aliases=("mount-targets-in-one-zone",),
    severity="medium",
    subjects=mount_targets,
    links=("https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html",),
)
def efs_mount_targets_same_zone(mount_target: Resource, stack: Stack) -> Iterator[Finding]:
    """Compare *mount_target* with those of the same file system that stand before it."""
    file_system = _sure(mount_target.get("file_system_id"))
    for other in takewhile(lambda each: each is not mount_target, _by_file_system(stack).get(file_system, ())):
        meet = _share_a_zone(other, mount_target, stack)
        if isinstance(meet, Unknown):
            yield not_evaluated("subnet_id", meet)
            return
        if meet:
            message = f"is in the same Availability Zone as `{other.address}`, of the same file system"
            value = mount_target.get("subnet_id")
            shown = None if isinstance(value, Unknown) else value
            yield fail("subnet_id", message, value=shown, remedy="take a subnet of another zone")
            return


@cached_per_stack
def _by_file_system(stack: Stack) -> dict[str | None, list[Resource]]:
    """Return the mount targets by their file system, where that is certain."""
    found: dict[str | None, list[Resource]] = {}
    for each in mount_targets(stack):
        if (file_system := _sure(each.get("file_system_id"))) is not None:
            found.setdefault(file_system, []).append(each)
    return found


def _share_a_zone(one: Resource, other: Resource, stack: Stack) -> Ternary:
    subnet = _sure(one.get("subnet_id"))
    if subnet is not None and subnet == _sure(other.get("subnet_id")):
        return True
    subnets = [resolve_reference(each, each.get("subnet_id"), stack, "aws_subnet", "id") for each in (one, other)]
    for name in _ZONES:
        first, second = (each if isinstance(each, Unknown) else each.get(name) for each in subnets)
        if isinstance(first, str) and isinstance(second, str):
            return first == second
    if all(isinstance(each.get("subnet_id"), str) for each in (one, other)):
        return False
    unknown = [each for each in subnets if isinstance(each, Unknown)]
    return unknown[0] if unknown else Unknown("the zones of the two subnets are not written in the stack")


def _sure(value: Value) -> str | None:
    """Return the text that *value* is, or the one id; `None` for anything else, such as the member of a list."""
    if not isinstance(value, Unknown):
        return None if value is None else str(value)
    name = value.references[0] if len(value.references) == 1 else ""
    return name if _ID.fullmatch(name) else None
