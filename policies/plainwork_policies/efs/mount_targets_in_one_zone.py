"""A file system has two mount targets in one Availability Zone.

What: two `aws_efs_mount_target` of one file system in the same subnet, or in two subnets of the same zone.
Why: EFS takes one for each zone, and refuses the second in the middle of an apply. Who wanted two zones has one: when
    it is gone, so are the files.
Fix: a subnet of each zone, and no more::

        resource "aws_efs_mount_target" "files" {
          for_each = { for zone in ["eu-west-1a", "eu-west-1b"] : zone => aws_subnet.private[zone].id }

          file_system_id = aws_efs_file_system.files.id
          subnet_id      = each.value
        }
Limits: subnets that are not in the stack are told apart by their ids only. What `count` and `for_each` make is compared
    in plans.
Link: https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_policies.connections import named_by
from plainwork_policies.efs.mount_target_exposed import mount_targets
from plainwork_policies.iam.answers import Answer
from plainwork_policies.model import Resource, Stack
from plainwork_policies.policy import Finding, fail, not_evaluated, policy
from plainwork_policies.settings import Settings
from plainwork_policies.values import Unknown, Value

_ID = re.compile(r"(?:module\..*\.)?aws_\w+\.[\w-]+(?:\[[^\]]*\])?\.id")
_ZONES = ("availability_zone", "availability_zone_id")


@policy("PLW_EFS_009", "mount-targets-in-one-zone", severity="medium", subjects=mount_targets)
def mount_targets_in_one_zone(mount_target: Resource, stack: Stack, _settings: Settings) -> Iterator[Finding]:
    """Compare *mount_target* with those of the same file system that stand before it."""
    every = mount_targets(stack)
    for other in every[: every.index(mount_target)]:
        if not _is_same(other, mount_target, "file_system_id"):
            continue
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


def _share_a_zone(one: Resource, other: Resource, stack: Stack) -> Answer:
    if _is_same(one, other, "subnet_id"):
        return True
    subnets = [named_by(each, each.get("subnet_id"), stack, "aws_subnet", "id") for each in (one, other)]
    for name in _ZONES:
        first, second = (each if isinstance(each, Unknown) else each.get(name) for each in subnets)
        if isinstance(first, str) and isinstance(second, str):
            return first == second
    if all(isinstance(each.get("subnet_id"), str) for each in (one, other)):
        return False
    unknown = [each for each in subnets if isinstance(each, Unknown)]
    return unknown[0] if unknown else Unknown("the zones of the two subnets are not written in the stack")


def _is_same(one: Resource, other: Resource, argument: str) -> bool:
    """Tell whether *argument* is certainly the same for both: the same text, or the same one attribute."""
    first, second = one.get(argument), other.get(argument)
    if isinstance(first, Unknown) or isinstance(second, Unknown):
        return _attribute(first) is not None and _attribute(first) == _attribute(second)
    return first is not None and bool(first == second)


def _attribute(value: Value) -> str | None:
    """Return the one id that *value* is; not the list that it may be a member of."""
    name = value.references[0] if isinstance(value, Unknown) and len(value.references) == 1 else ""
    return name if _ID.fullmatch(name) else None
