from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from plainwork import synthesize
from plainwork.errors import ArgumentsError
from plainwork.security_group import IngressSource, client_egress_rule, client_problems, make_security_group
from plainwork.terraform import Construct

if TYPE_CHECKING:
    from plainwork import Stack


def test_each_client_has_an_ingress_rule_under_its_name_and_there_is_no_egress_rule(stack: Stack) -> None:
    clients = {
        "web": IngressSource(referenced_security_group_id="sg-0123456789abcdef0"),
        "vpn": IngressSource(cidr_ipv6="fd00::/8"),
    }
    scope = Construct(stack, "files")
    make_security_group(scope, vpc_id="vpc-1", name="files", description="NFS", port=2049, clients=clients)
    made = synthesize(stack)["resource"]
    assert set(made["aws_vpc_security_group_ingress_rule"]) == {"files_web", "files_vpn"}
    assert made["aws_vpc_security_group_ingress_rule"]["files_vpn"]["cidr_ipv6"] == "fd00::/8"
    assert "egress" not in made["aws_security_group"]["files"]
    assert set(made) == {"aws_security_group", "aws_vpc_security_group_ingress_rule"}


def test_a_range_of_ports_is_one_rule(stack: Stack) -> None:
    clients, ports = {"web": IngressSource(cidr_ipv4="10.0.0.0/16")}, {"port": 6379, "to_port": 6380}
    make_security_group(Construct(stack, "a"), vpc_id="vpc-1", name="a", description="A", **ports, clients=clients)
    rule = synthesize(stack)["resource"]["aws_vpc_security_group_ingress_rule"]["a_web"]
    assert (rule["from_port"], rule["to_port"]) == (6379, 6380)
    assert rule["description"] == "web to ports 6379 to 6380"


@pytest.mark.parametrize(
    "source",
    [
        IngressSource(cidr_ipv4="10.0.0.0/16"),
        IngressSource(cidr_ipv4="${aws_vpc.main.cidr_block}"),
        IngressSource(prefix_list_id="pl-0123456789abcdef0"),
        IngressSource(referenced_security_group_id="${aws_security_group.web.id}"),
    ],
)
def test_a_source_has_one_of_four_arguments(source: IngressSource) -> None:
    assert not list(client_problems("clients", {"web": source}))


@pytest.mark.parametrize(
    ("clients", "problem"),
    [
        ({"all": IngressSource(cidr_ipv4="0.0.0.0/0")}, r"clients\['all'\]\.cidr_ipv4 must not be the whole internet"),
        ({"all": IngressSource(cidr_ipv6="::/0")}, "cidr_ipv6 must not be the whole internet"),
        ({"web": IngressSource(cidr_ipv4="10.0.0.1/16")}, "must be a network without host bits"),
        ({"web": IngressSource(cidr_ipv4="fd00::/8")}, "cidr_ipv4 must be a network"),
        ({"web": IngressSource()}, "must have exactly one of"),
        (
            {"web": IngressSource(cidr_ipv4="10.0.0.0/8", prefix_list_id="pl-0123456789abcdef0")},
            "must have exactly one of",
        ),
        ({"web": IngressSource(referenced_security_group_id="web")}, "must be an id that begins with 'sg-'"),
        ({"web": "10.0.0.0/16"}, "must be an IngressSource"),
        ({}, "must have at least one source by client name"),
    ],
)
def test_invalid_clients_are_rejected(clients: object, problem: str) -> None:
    assert re.search(problem, "\n".join(client_problems("clients", clients)))


def test_the_egress_rule_of_a_client_has_the_port_of_its_ingress_rule(stack: Stack) -> None:
    clients = {"web": IngressSource(referenced_security_group_id="sg-0123456789abcdef0")}
    scope = Construct(stack, "files")
    group = make_security_group(scope, vpc_id="vpc-1", name="files", description="NFS", port=2049, clients=clients)
    client_egress_rule(scope, "web", clients, group, port=2049)
    rule = synthesize(stack)["resource"]["aws_vpc_security_group_egress_rule"]["files_web"]
    assert (rule["security_group_id"], rule["from_port"], rule["to_port"]) == ("sg-0123456789abcdef0", 2049, 2049)
    assert rule["referenced_security_group_id"] == "${aws_security_group.files.id}"


@pytest.mark.parametrize("client", ["vpc", "unknown"])
def test_only_a_client_with_a_security_group_has_an_egress_rule(stack: Stack, client: str) -> None:
    clients = {"vpc": IngressSource(cidr_ipv4="10.0.0.0/16")}
    scope = Construct(stack, "files")
    group = make_security_group(scope, vpc_id="vpc-1", name="files", description="NFS", port=2049, clients=clients)
    with pytest.raises(ArgumentsError, match="client must have a security group as source"):
        client_egress_rule(scope, client, clients, group, port=2049)
