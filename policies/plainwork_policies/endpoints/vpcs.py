"""The VPCs of a stack and what is in them."""

from __future__ import annotations

from plainwork_core.model.references import referents
from plainwork_core.model.values import Unknown
from plainwork_policies.api import Resource

CIDR_ASSOCIATION = "aws_vpc_ipv4_cidr_block_association"


def may_be_in_own_vpc(resource: Resource) -> bool:
    """Return whether `vpc_id` of *resource* refers to a VPC of the stack, perhaps beside other values.

    A variable is the id of another VPC: Terraform cannot pass a VPC of the stack to its own root module.
    """
    vpc_id = resource["vpc_id"]
    if not isinstance(vpc_id.raw, Unknown):
        return vpc_id.refers_to("aws_vpc")
    found = referents(resource.stack, resource.owner, vpc_id.raw)
    return any(referent.mode == "managed" and referent.type in ("aws_vpc", CIDR_ASSOCIATION) for referent in found)


def vpc_of(resource: Resource) -> Resource:
    """Return the VPC of the stack that *resource* is in, also through `vpc_id` of an association of a CIDR block."""
    vpc_id = resource["vpc_id"]
    if vpc_id.refers_to(CIDR_ASSOCIATION, "vpc_id"):
        vpc_id = vpc_id.resource(CIDR_ASSOCIATION, "vpc_id")["vpc_id"]
    return vpc_id.resource("aws_vpc")
