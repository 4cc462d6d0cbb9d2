"""EFS mount target allows NFS from the internet.

What: an `aws_efs_mount_target` with a security group of the same stack that lets `0.0.0.0/0` or `::/0` in on port 2049.
Why: the network is the one thing that a file system without a policy has to protect it: whoever is routed there mounts
    it. That is every peered network, every VPN and every other tenant of the VPC, today or after the next change.
Remedy: let in the security group of those who mount::

        resource "aws_vpc_security_group_ingress_rule" "files" {
          security_group_id            = aws_security_group.files.id
          referenced_security_group_id = aws_security_group.reports.id
          ip_protocol                  = "tcp"
          from_port                    = 2049
          to_port                      = 2049
        }
Limitations: a security group that is not in the stack is not seen. One that nobody names is the VPC's default, and
    passes.
    Prefix lists and smaller ranges are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.efs import NFS_PORT
from plainwork_core.model.connections import configured, configured_blocks, resolve_reference, resources_referencing
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value, look_up
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_GROUP = "aws_security_group"
_RULES = ("aws_vpc_security_group_ingress_rule", "aws_security_group_rule")
_RANGES = ("cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6")
_WORLD = ("0.0.0.0/0", "::/0")


def mount_targets(stack: Stack) -> list[Resource]:
    """Return the mount targets."""
    return stack.managed("aws_efs_mount_target")


@policy(
    "PLW_EFS_008",
    "efs-mount-target-public-ingress",
    aliases=("mount-target-exposed",),
    severity="high",
    subjects=mount_targets,
    links=("https://docs.aws.amazon.com/efs/latest/ug/network-access.html",),
)
def efs_mount_target_public_ingress(mount_target: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge the security groups of *mount_target*."""
    groups = configured(mount_target, "security_groups")
    for index, value in enumerate(groups if isinstance(groups, list) else [groups]):
        if value is None:
            continue
        path = f"security_groups.{index}"
        group = resolve_reference(mount_target, value, stack, _GROUP, "id")
        if isinstance(group, Unknown):
            yield not_evaluated(path, group)
        else:
            yield from _of_group(path, group, stack)


def _of_group(path: str, group: Resource, stack: Stack) -> Iterator[Finding]:
    for place, rule in _rules(group, stack):
        world = rule if isinstance(rule, Unknown) else _lets_in(rule)
        if isinstance(world, Unknown):
            yield not_evaluated(path, world)
        elif world:
            message = f"has the security group `{group.address}`, in which {place} lets `{world}` in on port {NFS_PORT}"
            yield fail(path, message, value=world, remedy="let in the security groups of those who mount, and no range")


def _rules(group: Resource, stack: Stack) -> Iterator[tuple[str, Value]]:
    for index, block in enumerate(configured_blocks(group, "ingress")):
        yield f"`ingress.{index}`", block
    for type_ in _RULES:
        for rule in resources_referencing(group, stack, type_, "security_group_id"):
            if isinstance(rule, Unknown):
                yield "a rule", rule
            elif rule.get("type") in (None, "ingress"):
                yield f"`{rule.address}`", rule.values


def _lets_in(rule: Value) -> str | Unknown | None:
    """Return the range of the whole internet that *rule* lets in on NFS's port, if it does."""
    ports = [look_up(rule, name) for name in ("from_port", "to_port")]
    protocols = [look_up(rule, name) for name in ("ip_protocol", "protocol")]
    protocol = next((each for each in protocols if each is not None), None)
    found = [each for name in _RANGES for each in _listed(look_up(rule, name))]
    world = next((each for each in found if isinstance(each, str) and each in _WORLD), None)
    if world is None:
        return next((each for each in found if isinstance(each, Unknown)), None)
    if unknown := [each for each in (protocol, *ports) if isinstance(each, Unknown)]:
        return unknown[0]
    if str(protocol) in ("-1", "all"):
        return world
    low, high = (int(port) if port is not None else -1 for port in ports)
    return world if low <= NFS_PORT <= high and str(protocol).lower() in ("tcp", "6") else None


def _listed(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [] if value is None else [value]
