"""VPC endpoint security group blocks the service port.

What: an interface endpoint for a service of AWS has no `security_group_ids`, so that it gets the default group of its
    VPC, which admits its own members alone; or all its groups are made by the stack, and no rule of theirs admits TCP
    at the service's port, which is 443 for nearly all.
Why: the endpoint is created, and with private DNS the name of the service leads to it from then on. Every call from the
    VPC runs into a timeout, also those that used to go over the internet.
Remedy: give it a group of its own that admits its clients::

        resource "aws_vpc_security_group_ingress_rule" "clients" {
          security_group_id = aws_security_group.endpoints.id
          cidr_ipv4         = aws_vpc.main.cidr_block
          ip_protocol       = "tcp"
          from_port         = 443
          to_port           = 443
        }
Limitations: groups that the stack does not make are not judged, nor is who is admitted. An endpoint without groups
    passes
    where the stack has an `aws_vpc_endpoint_security_group_association` or an `aws_default_security_group`. A group
    that is given to a module is not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.references import only_referent
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.ternary import any_of
from plainwork_core.model.values import Unknown, Value
from plainwork_core.text import enumeration
from plainwork_policies.endpoints.admission import admits
from plainwork_policies.endpoints.kinds import endpoints, is_given, kind_of
from plainwork_policies.endpoints.services import port, service_of
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_GROUPS = "security_group_ids"
_OTHERWISE = ("aws_vpc_endpoint_security_group_association", "aws_default_security_group")


def interfaces(stack: Stack) -> list[Resource]:
    """Return the interface endpoints for services of AWS that are known."""
    return [each for each in endpoints(stack) if kind_of(each) == "Interface" and _is_of_aws(each, stack)]


@policy(
    "PLW_ENDPOINT_006",
    "vpc-endpoint-port-blocked",
    aliases=("endpoint-port-closed",),
    severity="high",
    subjects=interfaces,
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",),
)
def vpc_endpoint_port_blocked(endpoint: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge the security groups of *endpoint* by what they admit together."""
    value = endpoint.get(_GROUPS)
    if is_given(value) is False:
        if not stack.managed(*_OTHERWISE):
            message = "has no security group, and the default one of the VPC admits only its own members"
            yield fail(_GROUPS, message, value=value, remedy="give it a security group that admits its clients")
        return
    groups = _groups(value, endpoint, stack)
    if groups is None:
        return
    number = port(str(service_of(endpoint, stack)))
    admitted = any_of(admits(group, number, stack) for group in groups)
    if isinstance(admitted, Unknown):
        yield not_evaluated(_GROUPS, admitted)
    elif not admitted:
        named = enumeration(group.address for group in groups)
        message = f"cannot be reached at port {number}: no rule of {named} admits it"
        yield fail(_GROUPS, message, value=value, remedy=f"add a rule that admits TCP at {number} from its clients")


def _is_of_aws(endpoint: Resource, stack: Stack) -> bool:
    return isinstance(service_of(endpoint, stack), str)


def _groups(value: Value, endpoint: Resource, stack: Stack) -> list[Resource] | None:
    """Return the security groups where the stack makes all of them."""
    members = value if isinstance(value, list) else [value]
    found = [only_referent(stack, endpoint, each) if isinstance(each, Unknown) else None for each in members]
    made = [each for each in found if each and each.mode == "managed" and each.type == "aws_security_group"]
    return made if len(made) == len(members) else None
