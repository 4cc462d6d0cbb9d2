"""Subnet is outside the CIDR blocks of its VPC.

What: The `cidr_block` of an `aws_subnet` is not a part of the `cidr_block` of its `aws_vpc`, nor of the blocks that an
    `aws_vpc_ipv4_cidr_block_association` adds.
Why: The plan accepts the subnet. AWS rejects it during the apply with `InvalidSubnet.Range`.
Remedy: Use a part of the block of the VPC, such as `cidrsubnet(aws_vpc.main.cidr_block, 8, 1)`.
Limitations: Only IPv4 is checked. A VPC outside the stack is not checked, nor is a subnet that a plan does not create.
    A block that IPAM selects is not evaluated. A block that was added to the VPC outside the stack is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from plainwork_core.text import enumeration
from plainwork_policies.api import Argument, Findings, Resource, policy, some
from plainwork_policies.endpoints.vpcs import CIDR_ASSOCIATION, may_be_in_own_vpc, vpc_of

_BLOCK = "cidr_block"


@policy(
    "PLW_ENDPOINT_011",
    "vpc-subnet-cidr-mismatch",
    severity="medium",
    on="aws_subnet",
    where=lambda subnet: subnet[_BLOCK].is_configured and may_be_in_own_vpc(subnet),
    links=(
        "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html",
    ),
)
def vpc_subnet_cidr_mismatch(subnet: Resource) -> Findings:
    """Compare the block of the subnet with those of its VPC."""
    vpc, block = vpc_of(subnet), subnet[_BLOCK]
    if not _is_created(subnet) or some(_blocks(vpc), lambda other: _network(block).subnet_of(_network(other))):
        return
    yield block.fail(
        f"`{_BLOCK}` is {block.state}, but `{vpc.address}` has {enumeration([own.string() for own in _blocks(vpc)])}",
        remedy=f"Set `{_BLOCK}` to a part of the block of `{vpc.address}`, or associate the block with the VPC.",
    )


def _is_created(subnet: Resource) -> bool:
    return subnet.change is None or "create" in subnet.change.actions


def _blocks(vpc: Resource) -> Iterator[Argument]:
    yield vpc[_BLOCK]
    yield from (association[_BLOCK] for association in vpc.referenced_by(CIDR_ASSOCIATION, "vpc_id"))


def _network(block: Argument) -> IPv4Network:
    try:
        return IPv4Network(block.string(), strict=False)
    except ValueError:
        raise block.not_evaluated(f"`{_BLOCK}` is not an IPv4 CIDR block") from None
