from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Network, PlainworkError, Resource
from plainwork.errors import ArgumentsError
from plainwork.network import network_problems

if TYPE_CHECKING:
    from pathlib import Path

    from plainwork import Stack

VPC = "vpc-0123456789abcdef0"
SUBNETS = {"euw1-az1": "subnet-0a1b2c3d4e5f60001", "euw1-az2": "subnet-0a1b2c3d4e5f60002"}


def test_a_network_is_made_of_ids_or_of_resources(stack: Stack) -> None:
    vpc = Resource(stack, "aws_vpc", "main", cidr_block="10.0.0.0/16")
    subnet = Resource(stack, "aws_subnet", "a", vpc_id=vpc["id"], cidr_block="10.0.0.0/24")
    table = Resource(stack, "aws_route_table", "private", vpc_id=vpc["id"])
    network = Network(vpc, {"euw1-az1": subnet}, route_table_ids=[table], cidr_ipv4=vpc["cidr_block"])
    assert network == Network(
        "${aws_vpc.main.id}",
        {"euw1-az1": "${aws_subnet.a.id}"},
        route_table_ids=["${aws_route_table.private.id}"],
        cidr_ipv4="${aws_vpc.main.cidr_block}",
    )


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"vpc_id": "main"}, "vpc_id must be an id that begins with 'vpc-'"),
        ({"subnets": {}}, "subnets must be at least 1 subnet id by Availability Zone id"),
        ({"subnets": list(SUBNETS.values())}, "subnets must be at least 1 subnet id by Availability Zone id"),
        ({"subnets": {"eu-west-1a": "subnet-0a1b2c3d4e5f60001"}}, "is another zone in another account"),
        ({"route_table_ids": ["main"]}, "route_table_ids must be an id that begins with 'rtb-'"),
        ({"route_table_ids": None}, "route_table_ids must be an id that begins with 'rtb-'"),
        ({"route_table_ids": "main"}, "route_table_ids must be an id that begins with 'rtb-'"),
        ({"cidr_ipv4": "10.0.0.1/16"}, "must be a network without host bits"),
    ],
)
def test_an_invalid_network_is_rejected(arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(ArgumentsError, match="Network: invalid arguments") as error:
        Network(**{"vpc_id": VPC, "subnets": SUBNETS, **arguments})
    assert problem in str(error.value)


def test_one_route_table_needs_no_list(stack: Stack) -> None:
    table = Resource(stack, "aws_route_table", "private", vpc_id=VPC)
    for value in (table, table["id"]):
        assert Network(VPC, SUBNETS, route_table_ids=value) == Network(VPC, SUBNETS, route_table_ids=[table])


def test_a_subnet_that_is_another_resource_is_rejected_by_its_address(stack: Stack) -> None:
    vpc = Resource(stack, "aws_vpc", "main", cidr_block="10.0.0.0/16")
    with pytest.raises(ArgumentsError, match=r"subnets\['euw1-az1'\] must be an id .*: got aws_vpc\.main"):
        Network(vpc, {"euw1-az1": vpc})


def test_a_construct_checks_zones_and_region() -> None:
    network = Network(VPC, SUBNETS)
    assert not list(network_problems(network, region="eu-west-1", least=2))
    assert "at least 3 subnet ids" in "\n".join(network_problems(network, region="eu-west-1", least=3))
    assert "zone ids of us-east-1" in "\n".join(network_problems(network, region="us-east-1"))
    assert "network must be Network" in "\n".join(network_problems(SUBNETS, region="eu-west-1"))


def test_a_network_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "vpc.toml"
    file.write_text(f'vpc_id = "{VPC}"\n[subnets]\neuw1-az1 = "subnet-0a1b2c3d4e5f60001"\n')
    assert Network.from_file(file) == Network(VPC, {"euw1-az1": "subnet-0a1b2c3d4e5f60001"})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("vpc_id = ", "is not TOML"),
        (f'vpc_id = "{VPC}"', r"must have the keys \['subnets', 'vpc_id'\]: no 'subnets'"),
        (f'vpc_id = "{VPC}"\nsubnet = 1\nsubnets = {{}}', "unknown key 'subnet'; did you mean"),
        (f'vpc_id = "{VPC}"\nsubnets = {{}}', "subnets must be at least 1 subnet id"),
    ],
)
def test_an_invalid_file_is_rejected(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "vpc.toml"
    file.write_text(text)
    with pytest.raises(PlainworkError, match=problem):
        Network.from_file(file)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PlainworkError, match="cannot be read: No such file"):
        Network.from_file(tmp_path / "vpc.toml")
