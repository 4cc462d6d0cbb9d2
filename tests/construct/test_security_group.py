from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from plainwork import synthesize
from plainwork.errors import ArgumentsError
from plainwork.security_group import IngressSource, client_egress_rule, make_security_group, source_problems
from plainwork.terraform import Construct

if TYPE_CHECKING:
    from plainwork import Stack


def test_each_source_has_a_rule_of_its_name_and_nothing_may_go_out(stack: Stack) -> None:
    sources = {
        "web": IngressSource(referenced_security_group_id="sg-0123456789abcdef0"),
        "vpn": IngressSource(cidr_ipv6="fd00::/8"),
    }
    scope = Construct(stack, "files")
    make_security_group(scope, vpc_id="vpc-1", name="files", description="NFS", port=2049, sources=sources)
    made = synthesize(stack)["resource"]
    assert set(made["aws_vpc_security_group_ingress_rule"]) == {"files_web", "files_vpn"}
    assert made["aws_vpc_security_group_ingress_rule"]["files_vpn"]["cidr_ipv6"] == "fd00::/8"
    assert "egress" not in made["aws_security_group"]["files"]
    assert set(made) == {"aws_security_group", "aws_vpc_security_group_ingress_rule"}


def test_several_ports_in_a_row_are_one_rule(stack: Stack) -> None:
    sources, ports = {"web": IngressSource(cidr_ipv4="10.0.0.0/16")}, {"port": 6379, "to_port": 6380}
    make_security_group(Construct(stack, "a"), vpc_id="vpc-1", name="a", description="A", **ports, sources=sources)
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
def test_a_source_is_one_of_four(source: IngressSource) -> None:
    assert not list(source_problems("clients", {"web": source}))


@pytest.mark.parametrize(
    ("sources", "problem"),
    [
        ({"all": IngressSource(cidr_ipv4="0.0.0.0/0")}, r"clients\['all'\] cidr_ipv4 must not be the whole internet"),
        ({"all": IngressSource(cidr_ipv6="::/0")}, "cidr_ipv6 must not be the whole internet"),
        ({"web": IngressSource(cidr_ipv4="10.0.0.1/16")}, "no bits set after its prefix"),
        ({"web": IngressSource(cidr_ipv4="fd00::/8")}, "cidr_ipv4 must be a network"),
        ({"web": IngressSource()}, "must have exactly one of"),
        (
            {"web": IngressSource(cidr_ipv4="10.0.0.0/8", prefix_list_id="pl-0123456789abcdef0")},
            "must have exactly one of",
        ),
        ({"web": IngressSource(referenced_security_group_id="web")}, "must be an id that begins with 'sg-'"),
        ({"web": "10.0.0.0/16"}, "must be a IngressSource"),
        ({}, "must name who may connect"),
    ],
)
def test_other_sources_are_refused(sources: object, problem: str) -> None:
    assert re.search(problem, "\n".join(source_problems("clients", sources)))


def test_the_other_half_of_a_rule_lets_the_source_out_to_the_same_port(stack: Stack) -> None:
    sources = {"web": IngressSource(referenced_security_group_id="sg-0123456789abcdef0")}
    scope = Construct(stack, "files")
    group = make_security_group(scope, vpc_id="vpc-1", name="files", description="NFS", port=2049, sources=sources)
    client_egress_rule(scope, "web", sources, group, port=2049)
    rule = synthesize(stack)["resource"]["aws_vpc_security_group_egress_rule"]["files_web"]
    assert (rule["security_group_id"], rule["from_port"], rule["to_port"]) == ("sg-0123456789abcdef0", 2049, 2049)
    assert rule["referenced_security_group_id"] == "${aws_security_group.files.id}"


@pytest.mark.parametrize("source", ["vpc", "nobody"])
def test_only_a_security_group_has_an_other_half(stack: Stack, source: str) -> None:
    sources = {"vpc": IngressSource(cidr_ipv4="10.0.0.0/16")}
    scope = Construct(stack, "files")
    group = make_security_group(scope, vpc_id="vpc-1", name="files", description="NFS", port=2049, sources=sources)
    with pytest.raises(ArgumentsError, match="source must name a security group of clients"):
        client_egress_rule(scope, source, sources, group, port=2049)
