"""EFS mount target allows NFS from the internet.

What: An `aws_efs_mount_target` with a security group of the same stack that allows `0.0.0.0/0` or `::/0` on port 2049.
Why: The network is the only protection of a file system without a policy. Such a rule allows every network that has a
    route to the mount target: peered VPCs, VPNs and other workloads of the VPC, now or after a change of the network.
Remedy: Allow the security group of the clients instead of a CIDR block.
Limitations: A security group that is not defined in this stack is not evaluated. A mount target without
    `security_groups` has the default security group of the VPC and passes. Prefix lists and smaller CIDR blocks are not
    checked.
"""

from __future__ import annotations

from functools import partial

from plainwork_core.aws.efs import NFS_PORT
from plainwork_policies.api import (
    Argument,
    Block,
    Findings,
    Resource,
    all_conditions,
    any_condition,
    check_each,
    find,
    policy,
    some,
)

_RULE_TYPES = ("aws_vpc_security_group_ingress_rule", "aws_security_group_rule")
_INTERNET = ("0.0.0.0/0", "::/0")


@policy(
    "PLW_EFS_008",
    "efs-mount-target-public-ingress",
    severity="high",
    on="aws_efs_mount_target",
    aliases=("mount-target-exposed",),
    links=("https://docs.aws.amazon.com/efs/latest/ug/network-access.html",),
)
def efs_mount_target_public_ingress(mount_target: Resource) -> Findings:
    """Check the security groups of the mount target."""
    yield from check_each(mount_target["security_groups"].members(), _group_problems)


def _group_problems(reference: Argument) -> Findings:
    group = reference.resource("aws_security_group")

    def problems(rule: Block) -> Findings:
        is_open = all_conditions(
            lambda: _is_ingress(rule), lambda: _includes_nfs(rule), lambda: some(_INTERNET, partial(_allows, rule))
        )
        if not is_open:
            return
        cidr = find(_INTERNET, partial(_allows, rule))
        message = f"security group `{group.address}` allows `{cidr}` on port {NFS_PORT} (`{rule.path or rule.address}`)"
        remedy = "Set `referenced_security_group_id` to the clients' security group instead of a CIDR block."
        yield reference.fail(message, value=cidr, remedy=remedy)

    yield from check_each(group.blocks("ingress"), problems)
    for type_ in _RULE_TYPES:
        yield from check_each(group.referenced_by(type_, "security_group_id", in_modules=False), problems)


def _is_ingress(rule: Block) -> bool:
    return rule.path != "" or rule["type"].string(default="ingress") == "ingress"


def _includes_nfs(rule: Block) -> bool:
    protocol = rule["ip_protocol"] if rule["ip_protocol"].is_configured else rule["protocol"]
    if protocol.string(default="").lower() not in ("tcp", "6"):
        return protocol.string(default="") in ("-1", "all")
    return all_conditions(
        lambda: rule["from_port"].number(default=-1) <= NFS_PORT,
        lambda: rule["to_port"].number(default=-1) >= NFS_PORT,
    )


def _allows(rule: Block, cidr: str) -> bool:
    return any_condition(
        lambda: some(("cidr_blocks", "ipv6_cidr_blocks"), lambda name: cidr in rule[name].strings()),
        lambda: some(("cidr_ipv4", "cidr_ipv6"), lambda name: rule[name].string(default="") == cidr),
    )
