"""EFS file system has two mount targets in one Availability Zone.

What: Two `aws_efs_mount_target` of one file system in the same subnet, or in two subnets of the same Availability Zone.
Why: EFS supports one mount target for each Availability Zone and rejects the second during apply. The file system is
    then available in fewer zones than the configuration shows.
Remedy: Use one subnet of each Availability Zone.
Limitations: Subnets that are not defined in this stack are compared by their IDs only. A plan has each mount target of
    a resource with `count` or `for_each`; in HCL such a resource is not evaluated.
"""

from __future__ import annotations

import re
from functools import partial

from plainwork_core.addresses import KEY
from plainwork_core.model.identity import differs_between_instances
from plainwork_core.model.values import Unknown
from plainwork_policies.api import (
    Argument,
    Findings,
    NotEvaluated,
    Resource,
    Stack,
    all_conditions,
    cached_per_stack,
    find,
    is_certain,
    policy,
)

_TYPE = "aws_efs_mount_target"
_ID = re.compile(rf"(?:module\..*\.)?aws_\w+\.[\w-]+(?:{KEY.pattern})?\.id")
_ZONES = ("availability_zone_id", "availability_zone")


@policy(
    "PLW_EFS_009",
    "efs-mount-targets-same-zone",
    severity="medium",
    on=_TYPE,
    aliases=("mount-targets-in-one-zone",),
    links=("https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html",),
)
def efs_mount_targets_same_zone(mount_target: Resource, stack: Stack) -> Findings:
    """Compare the mount target with the preceding ones of the same file system."""
    other = find(_preceding(stack)[mount_target.address], partial(_share_zone, mount_target))
    if other is not None:
        subnet = mount_target["subnet_id"]
        is_zone_known = is_certain(lambda: bool(_zone(subnet, "availability_zone")))
        zone = f"`{_zone(subnet, 'availability_zone')}`," if is_zone_known else "an Availability Zone"
        message = f"`subnet_id` is in {zone} where `{other.address}` of the same file system also is"
        yield subnet.fail(message, remedy="Use one subnet for each Availability Zone.")
    elif differs_between_instances(mount_target["subnet_id"].raw):
        raise mount_target["subnet_id"].not_evaluated(mount_target["subnet_id"].raw)


@cached_per_stack
def _preceding(stack: Stack) -> dict[str, list[Resource]]:
    """Return the preceding mount targets that may belong to the same file system, by address of the mount target."""
    found: dict[str, list[Resource]] = {}
    by_file_system: dict[str | None, list[Resource]] = {}
    for resource in stack.managed(_TYPE):
        mount_target = Resource(resource, stack)
        file_system = _file_system(mount_target)
        keys = list(by_file_system) if file_system is None else [file_system, None]
        found[mount_target.address] = [other for key in keys for other in by_file_system.get(key, ())]
        by_file_system.setdefault(file_system, []).append(mount_target)
    return found


def _file_system(mount_target: Resource) -> str | None:
    try:
        return _id(mount_target["file_system_id"])
    except NotEvaluated:
        return None


def _share_zone(one: Resource, other: Resource) -> bool:
    return all_conditions(
        lambda: _id(one["file_system_id"]) == _id(other["file_system_id"]),
        lambda: _are_in_one_zone(other["subnet_id"], one["subnet_id"]),
    )


def _are_in_one_zone(one: Argument, other: Argument) -> bool:
    if is_certain(lambda: _id(one) == _id(other)):
        return True
    for name in _ZONES:
        try:
            return _zone(one, name) == _zone(other, name)
        except NotEvaluated as raised:
            unknown = raised
    if is_certain(lambda: one.string() != other.string()):
        return False
    raise unknown


def _zone(subnet_id: Argument, name: str) -> str:
    return subnet_id.resource("aws_subnet")[name].string()


def _id(argument: Argument) -> str:
    """Return the ID, or the reference to the ID of one resource."""
    references = argument.raw.references if isinstance(argument.raw, Unknown) else ()
    if len(references) == 1 and _ID.fullmatch(references[0]):
        return references[0]
    return argument.string()
