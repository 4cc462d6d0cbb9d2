"""VPC endpoint security group blocks the service port.

What: An interface endpoint for an AWS service without `security_group_ids`, which gets the default security group of
    its VPC; or one whose security groups are all in the stack, and no rule allows inbound TCP on the port of the
    service, which is 443 for nearly all services.
Why: The apply succeeds. The default security group allows only its own members. With private DNS the name of the
    service resolves to the endpoint, and every call from the VPC times out, including those that used the internet
    before.
Remedy: Add an ingress rule for the clients of the endpoint.
Limitations: Security groups outside the stack are not checked, nor are the sources that a rule allows. An endpoint
    without security groups passes if the stack has an `aws_vpc_endpoint_security_group_association` or an
    `aws_default_security_group`, and is not evaluated in a VPC outside the stack, whose default security group may
    have other rules. A security group that a module receives is not evaluated.
"""

from __future__ import annotations

from plainwork_core.model.connections import is_callers
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.api import Argument, Findings, Resource, all_conditions, is_possible, policy, some
from plainwork_policies.endpoints.security_groups import allows_inbound
from plainwork_policies.endpoints.services import port, service_of
from plainwork_policies.endpoints.subjects import has_value, is_interface

_GROUP = "aws_security_group"
_OTHER_RULES = ("aws_vpc_endpoint_security_group_association", "aws_default_security_group")


def _may_be_aws_interface(endpoint: Resource) -> bool:
    return all_conditions(lambda: is_interface(endpoint), lambda: is_possible(lambda: service_of(endpoint) is not None))


@policy(
    "PLW_ENDPOINT_006",
    "vpc-endpoint-port-blocked",
    aliases=("endpoint-port-closed",),
    severity="high",
    on="aws_vpc_endpoint",
    where=_may_be_aws_interface,
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",),
)
def vpc_endpoint_port_blocked(endpoint: Resource) -> Findings:
    """Check the rules of all security groups of *endpoint* together."""
    argument = endpoint["security_group_ids"]
    if _is_outside(argument):
        return
    if has_value(argument):
        yield from _blocked(argument, endpoint)
    elif not endpoint.stack.managed(*_OTHER_RULES) and service_of(endpoint):
        if not endpoint["vpc_id"].refers_to("aws_vpc"):
            raise argument.not_evaluated("the rules of the default security group of the VPC are not in this input")
        state = "is empty" if argument.raw else "is not set"
        yield argument.fail(
            f"`security_group_ids` {state}; the default security group allows its own members only",
            remedy="Set `security_group_ids` to a security group that allows the clients.",
        )


def _is_outside(argument: Argument) -> bool:
    """Return whether a security group is certainly not in the stack; a variable may also be null or empty."""
    if isinstance(argument.raw, Unknown) and is_callers(argument.raw):
        return False
    return argument.is_configured and not all(group.refers_to(_GROUP) for group in argument.members())


def _blocked(argument: Argument, endpoint: Resource) -> Findings:
    groups = [group.resource(_GROUP) for group in argument.members()]
    number = port(service_of(endpoint) or "")
    if not some(groups, lambda group: allows_inbound(group, number)):
        yield argument.fail(
            f"no rule of {enumeration(group.address for group in groups)} allows inbound TCP {number}",
            remedy=f"Add an ingress rule for TCP {number} from the clients.",
        )
