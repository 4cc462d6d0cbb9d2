import pytest

from plainwork_policies.endpoints.vpc_subnet_cidr_mismatch import vpc_subnet_cidr_mismatch

PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'


def block(type_, label, **arguments):
    lines = "".join(f"  {name} = {value}\n" for name, value in arguments.items())
    return f'resource "{type_}" "{label}" {{\n{lines}}}\n'


def subnet(cidr_block, vpc_id="aws_vpc.main.id", **more):
    return block("aws_subnet", "x", vpc_id=vpc_id, cidr_block=cidr_block, **more)


def association(cidr_block, vpc_id="aws_vpc.main.id", **more):
    return block("aws_vpc_ipv4_cidr_block_association", "more", vpc_id=vpc_id, cidr_block=cidr_block, **more)


VPC = PROVIDER + block("aws_vpc", "main", cidr_block='"10.0.0.0/16"')
X = "aws_subnet.x"


@pytest.mark.parametrize(
    ("cidr_block", "status"),
    [
        ('"10.0.1.0/24"', "passed"),
        ('"10.0.0.0/16"', "passed"),
        ('"10.1.0.0/24"', "failed"),
        ('"10.0.0.0/15"', "failed"),
        ("cidrsubnet(aws_vpc.main.cidr_block, 8, 3)", "passed"),
        ('cidrsubnet("10.1.0.0/16", 8, 3)', "failed"),
        ("var.block", "not_evaluated"),
        ('"somewhere"', "not_evaluated"),
    ],
)
def test_a_subnet_is_a_part_of_its_vpc(cidr_block, status, statuses):
    assert statuses(vpc_subnet_cidr_mismatch, VPC + subnet(cidr_block)) == {X: status}


@pytest.mark.parametrize(
    ("more", "status"),
    [
        (association('"10.1.0.0/16"'), "passed"),
        (association('"10.2.0.0/16"'), "failed"),
        (association("var.block"), "not_evaluated"),
        (association('"10.1.0.0/16"', vpc_id="each.value", for_each="var.vpcs"), "not_evaluated"),
        (association('"10.1.0.0/16"', vpc_id='"vpc-1"'), "failed"),
        ('module "network" {\n  source = "example.com/network"\n  vpc_id = aws_vpc.main.id\n}\n', "not_evaluated"),
    ],
)
def test_an_association_adds_a_block(more, status, statuses):
    assert statuses(vpc_subnet_cidr_mismatch, VPC + more + subnet('"10.1.0.0/24"')) == {X: status}


def test_an_unknown_association_does_not_hide_that_the_subnet_fits(statuses):
    hcl = VPC + association("var.block") + subnet('"10.0.1.0/24"')
    assert statuses(vpc_subnet_cidr_mismatch, hcl) == {X: "passed"}


@pytest.mark.parametrize(("cidr_block", "status"), [('"10.1.0.0/24"', "passed"), ('"10.2.0.0/24"', "failed")])
def test_the_vpc_of_an_association_is_that_of_the_subnet(cidr_block, status, statuses):
    own = subnet(cidr_block, vpc_id="aws_vpc_ipv4_cidr_block_association.more.vpc_id")
    assert statuses(vpc_subnet_cidr_mismatch, VPC + association('"10.1.0.0/16"') + own) == {X: status}


def test_a_block_that_ipam_selects_is_not_evaluated(statuses):
    vpc = block("aws_vpc", "main", ipv4_ipam_pool_id="aws_vpc_ipam_pool.x.id", ipv4_netmask_length=16)
    assert statuses(vpc_subnet_cidr_mismatch, PROVIDER + vpc + subnet('"10.1.0.0/24"')) == {X: "not_evaluated"}


@pytest.mark.parametrize("vpc_id", ["coalesce(var.vpc_id, aws_vpc.main.id)", "aws_vpc.main[count.index].id"])
def test_a_value_that_may_be_a_vpc_of_the_stack_is_not_evaluated(vpc_id, statuses):
    vpcs = VPC.replace('"main" {', '"main" {\n  count = var.vpcs')
    hcl = vpcs + association('"10.2.0.0/16"', vpc_id="var.vpc_id") + subnet('"10.1.0.0/24"', vpc_id=vpc_id)
    assert statuses(vpc_subnet_cidr_mismatch, hcl) == {X: "not_evaluated"}


@pytest.mark.parametrize("vpc_id", ["var.vpc_id", '"vpc-1"', "data.aws_vpc.x.id", "module.network.vpc_id"])
def test_a_subnet_of_a_vpc_outside_the_stack_is_no_subject(vpc_id, statuses):
    assert statuses(vpc_subnet_cidr_mismatch, VPC + subnet('"10.1.0.0/24"', vpc_id=vpc_id)) == {}


def test_a_subnet_without_an_ipv4_block_is_no_subject(statuses):
    hcl = VPC + block("aws_subnet", "x", vpc_id="aws_vpc.main.id", ipv6_native="true")
    assert statuses(vpc_subnet_cidr_mismatch, hcl) == {}


def test_the_message_names_both_blocks(messages):
    hcl = VPC + association('"10.2.0.0/16"') + subnet('"10.1.0.0/24"')
    assert messages(vpc_subnet_cidr_mismatch, hcl) == [
        "`cidr_block` is `10.1.0.0/24`, but `aws_vpc.main` has `10.0.0.0/16` and `10.2.0.0/16`"
    ]
