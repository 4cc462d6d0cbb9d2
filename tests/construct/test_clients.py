from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Resource
from plainwork.clients import client_problems, client_sources
from plainwork.terraform import Construct

if TYPE_CHECKING:
    from plainwork import Stack

GROUP = "sg-0123456789abcdef0"
LIST = "pl-0123456789abcdef0"


@pytest.mark.parametrize(
    ("client", "source"),
    [
        (GROUP, ("referenced_security_group_id", GROUP)),
        ("${aws_security_group.web.id}", ("referenced_security_group_id", "${aws_security_group.web.id}")),
        (
            "${data.aws_security_group.a[0].id}",
            ("referenced_security_group_id", "${data.aws_security_group.a[0].id}"),
        ),
        ("10.0.0.0/16", ("cidr_ipv4", "10.0.0.0/16")),
        ("${aws_vpc.main.cidr_block}", ("cidr_ipv4", "${aws_vpc.main.cidr_block}")),
        ("fd00::/8", ("cidr_ipv6", "fd00::/8")),
        (LIST, ("prefix_list_id", LIST)),
        ({"referenced_security_group_id": "${var.group}"}, ("referenced_security_group_id", "${var.group}")),
    ],
)
def test_a_client_is_a_security_group_a_network_or_a_prefix_list(client: Any, source: tuple[str, str]) -> None:
    assert not list(client_problems("clients", {"web": client}))
    assert client_sources({"web": client}) == {"web": source}


def test_a_client_can_be_a_resource_or_a_construct_with_a_security_group(stack: Stack) -> None:
    class Service(Construct):
        security_group = Resource(stack, "aws_security_group", "service", name="service")

    tasks = Resource(stack, "aws_security_group", "tasks", name="tasks")
    clients = [tasks, Service(stack, "checkout"), GROUP, "10.0.0.0/16"]
    assert not list(client_problems("clients", clients))
    assert client_sources(clients) == {
        "tasks": ("referenced_security_group_id", "${aws_security_group.tasks.id}"),
        "checkout": ("referenced_security_group_id", "${aws_security_group.service.id}"),
        "sg_0123456789abcdef0": ("referenced_security_group_id", GROUP),
        "10_0_0_0_16": ("cidr_ipv4", "10.0.0.0/16"),
    }


@pytest.mark.parametrize(
    ("clients", "problem"),
    [
        ({"all": "0.0.0.0/0"}, "clients['all'] must not be the whole internet"),
        (["::/0"], "must not be the whole internet"),
        (["10.0.0.1/16"], "must be a network without host bits"),
        ({"web": {"cidr_ipv4": "fd00::/8"}}, "must be an IPv4 network"),
        ({"web": {}}, "must have exactly one of"),
        ({"web": {"cidr_ipv4": "10.0.0.0/8", "prefix_list_id": LIST}}, "must have exactly one of"),
        ({"web": {"cidr": "10.0.0.0/8"}}, "must have exactly one of"),
        ({"web": {"referenced_security_group_id": "web"}}, "must be an id that begins with 'sg-'"),
        ({"web": "sg-web"}, "must be an id that begins with 'sg-'"),
        ({"web": "web"}, "must be a security group, a construct that has one, a network"),
        (["${var.group}"], "give a reference of another type as {'referenced_security_group_id': ...}, or with 'cidr_"),
        ([1], "must be a security group"),
        ({}, "clients must be a list of clients, or clients by name"),
        ([], "clients must be a list of clients, or clients by name"),
        (None, "clients must be a list of clients, or clients by name"),
        (GROUP, "clients must be a list of clients, or clients by name"),
        (["${aws_vpc.a.cidr_block}", "${aws_subnet.a.cidr_block}"], "both have the name 'a': give clients by name"),
    ],
)
def test_invalid_clients_are_rejected(clients: object, problem: str) -> None:
    assert problem in "\n".join(client_problems("clients", clients))


def test_a_resource_of_another_type_is_rejected_by_its_address(stack: Stack) -> None:
    role = Resource(stack, "aws_iam_role", "web", assume_role_policy="{}")
    assert "got aws_iam_role.web" in "\n".join(client_problems("clients", [role]))
