from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork import Resource, synthesize
from plainwork.errors import ArgumentsError
from plainwork.security_group import client_egress_rule, make_security_group
from plainwork.terraform import Construct

if TYPE_CHECKING:
    from plainwork import Stack


def test_each_client_has_an_ingress_rule_under_its_name_and_there_is_no_egress_rule(stack: Stack) -> None:
    clients = {
        "web": "sg-0123456789abcdef0",
        "vpn": "fd00::/8",
    }
    scope = Construct(stack, "files")
    make_security_group(scope, vpc_id="vpc-1", name="files", description="NFS", port=2049, clients=clients)
    made = synthesize(stack)["resource"]
    assert set(made["aws_vpc_security_group_ingress_rule"]) == {"files_web", "files_vpn"}
    assert made["aws_vpc_security_group_ingress_rule"]["files_vpn"]["cidr_ipv6"] == "fd00::/8"
    assert "egress" not in made["aws_security_group"]["files"]
    assert set(made) == {"aws_security_group", "aws_vpc_security_group_ingress_rule"}


def test_a_range_of_ports_is_one_rule(stack: Stack) -> None:
    clients, ports = {"web": "10.0.0.0/16"}, {"port": 6379, "to_port": 6380}
    make_security_group(Construct(stack, "a"), vpc_id="vpc-1", name="a", description="A", **ports, clients=clients)
    rule = synthesize(stack)["resource"]["aws_vpc_security_group_ingress_rule"]["a_web"]
    assert (rule["from_port"], rule["to_port"]) == (6379, 6380)
    assert rule["description"] == "web to ports 6379 to 6380"


def test_the_egress_rule_of_a_client_has_the_port_of_its_ingress_rule(stack: Stack) -> None:
    clients = {"web": "sg-0123456789abcdef0"}
    scope = Construct(stack, "files")
    group = make_security_group(scope, vpc_id="vpc-1", name="files", description="NFS", port=2049, clients=clients)
    client_egress_rule(scope, "web", clients, group["id"], port=2049)
    rule = synthesize(stack)["resource"]["aws_vpc_security_group_egress_rule"]["files_web"]
    assert (rule["security_group_id"], rule["from_port"], rule["to_port"]) == ("sg-0123456789abcdef0", 2049, 2049)
    assert rule["referenced_security_group_id"] == "${aws_security_group.files.id}"


def test_an_egress_rule_is_for_a_client_or_its_name(stack: Stack) -> None:
    tasks = Resource(stack, "aws_security_group", "tasks", name="tasks")
    scope = Construct(stack, "files")
    group = make_security_group(scope, vpc_id="vpc-1", name="files", description="NFS", port=2049, clients=[tasks])
    client_egress_rule(scope, tasks, [tasks], group["id"], port=2049)
    made = synthesize(stack)["resource"]
    assert set(made["aws_vpc_security_group_ingress_rule"]) == {"files_tasks"}
    assert made["aws_vpc_security_group_egress_rule"]["files_tasks"]["security_group_id"] == tasks["id"]


@pytest.mark.parametrize("client", ["vpc", "unknown"])
def test_only_a_client_with_a_security_group_has_an_egress_rule(stack: Stack, client: str) -> None:
    clients = {"vpc": "10.0.0.0/16"}
    scope = Construct(stack, "files")
    group = make_security_group(scope, vpc_id="vpc-1", name="files", description="NFS", port=2049, clients=clients)
    with pytest.raises(
        ArgumentsError,
        match=r"client must be one of the clients that are security groups, \[\]: .*; add it to `clients`",
    ):
        client_egress_rule(scope, client, clients, group["id"], port=2049)
