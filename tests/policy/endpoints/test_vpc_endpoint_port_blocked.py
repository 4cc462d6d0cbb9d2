import pytest

from plainwork_policies.endpoints.vpc_endpoint_port_blocked import vpc_endpoint_port_blocked

GROUP = 'resource "aws_security_group" "g" {\n  %s\n}\n'
IN_G = {"security_group_ids": "[aws_security_group.g.id]"}
RULE = 'resource "aws_vpc_security_group_ingress_rule" "r" {\n  security_group_id = %s\n  %s\n}\n'
OLD_RULE = (
    'resource "aws_security_group_rule" "r" {\n  security_group_id = aws_security_group.g.id\n  type = "%s"\n  %s\n}\n'
)
G = "aws_security_group.g.id"


def ports(first, last, protocol='"tcp"', named="ip_protocol"):
    return f"from_port = {first}\n  to_port = {last}\n  {named} = {protocol}"


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        ("", "failed"),
        (RULE % (G, ports(443, 443)), "passed"),
        (RULE % (G, ports(0, 65535)), "passed"),
        (RULE % (G, 'ip_protocol = "-1"'), "passed"),
        (RULE % (G, ports(443, 443, '"6"')), "passed"),
        (RULE % (G, ports(80, 80)), "failed"),
        (RULE % (G, ports(443, 443, '"udp"')), "failed"),
        (RULE % (G, ports("var.port", "var.port")), "not_evaluated"),
        (RULE % (G, ports("var.port", "var.port", '"udp"')), "failed"),
        (RULE % ('"sg-other"', ports(443, 443)), "failed"),
        (RULE % ("var.group", ports(443, 443)), "not_evaluated"),
        (OLD_RULE % ("ingress", ports(443, 443, named="protocol")), "passed"),
        (OLD_RULE % ("egress", ports(443, 443, named="protocol")), "failed"),
        (OLD_RULE % ("ingress", ports(0, 0, "-1", named="protocol")), "passed"),
    ],
)
def test_a_rule_resource_allows_the_port(rule, status, endpoint, statuses):
    assert statuses(vpc_endpoint_port_blocked, GROUP % "" + rule + endpoint(**IN_G)) == {"aws_vpc_endpoint.x": status}


@pytest.mark.parametrize(
    ("block", "status"),
    [
        ("ingress {\n %s\n}" % ports(443, 443, named="protocol"), "passed"),  # noqa: UP031  braces
        ("ingress {\n %s\n}" % ports(22, 22, named="protocol"), "failed"),  # noqa: UP031  braces
        ("egress {\n %s\n}" % ports(443, 443, named="protocol"), "failed"),  # noqa: UP031  braces
        ("ingress = var.rules", "not_evaluated"),
    ],
)
def test_a_block_of_the_group_allows_the_port(block, status, endpoint, statuses):
    assert statuses(vpc_endpoint_port_blocked, GROUP % block + endpoint(**IN_G)) == {"aws_vpc_endpoint.x": status}


def test_one_of_several_groups_is_enough(endpoint, statuses):
    other = GROUP.replace('"g"', '"h"') % ""
    hcl = GROUP % "" + other + RULE % (G, ports(443, 443))
    both = {"security_group_ids": "[aws_security_group.h.id, aws_security_group.g.id]"}
    assert statuses(vpc_endpoint_port_blocked, hcl + endpoint(**both)) == {"aws_vpc_endpoint.x": "passed"}


@pytest.mark.parametrize("groups", ['["sg-1"]', "[var.group]", "module.g.ids", '[aws_security_group.g.id, "sg-1"]'])
def test_a_group_outside_the_stack_is_not_checked(groups, endpoint, statuses):
    hcl = GROUP % "" + endpoint(security_group_ids=groups)
    assert statuses(vpc_endpoint_port_blocked, hcl) == {"aws_vpc_endpoint.x": "passed"}


def test_a_group_that_a_module_receives_is_not_evaluated(endpoint, statuses):
    module = 'module "rules" {\n  source = "./rules"\n  group = aws_security_group.g.id\n}\n'
    hcl = GROUP % "" + module + endpoint(**IN_G)
    assert statuses(vpc_endpoint_port_blocked, hcl) == {"aws_vpc_endpoint.x": "not_evaluated"}


@pytest.mark.parametrize(
    ("value", "ingress", "status"),
    [
        ("aws_security_group.g.id", "", "not_evaluated"),
        ("[aws_security_group.g.id]", "", "not_evaluated"),
        ("aws_security_group.g", "", "not_evaluated"),
        ("aws_security_group.g.id", f"ingress {{\n {ports(22, 22, named='protocol')}\n}}", "failed"),
        ("aws_security_group.g.id", f"ingress {{\n {ports(443, 443, named='protocol')}\n}}", "passed"),
        ("aws_security_group.gate.id", "", "failed"),
    ],
)
def test_another_stack_may_add_rules_to_a_group_that_an_output_exports(value, ingress, status, endpoint, statuses):
    hcl = GROUP % ingress + f'output "group" {{\n  value = {value}\n}}\n' + endpoint(**IN_G)
    assert statuses(vpc_endpoint_port_blocked, hcl) == {"aws_vpc_endpoint.x": status}


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ("", "failed"),
        ('resource "aws_default_security_group" "d" {\n}\n', "passed"),
        ('resource "aws_vpc_endpoint_security_group_association" "a" {\n}\n', "passed"),
    ],
)
@pytest.mark.parametrize("groups", [None, "[]", "null"])
def test_the_default_group_passes_only_if_the_stack_manages_it(groups, other, status, endpoint, statuses):
    hcl = endpoint(security_group_ids=groups, vpc_id="aws_vpc.v.id") + 'resource "aws_vpc" "v" {\n}\n' + other
    assert statuses(vpc_endpoint_port_blocked, hcl) == {"aws_vpc_endpoint.x": status}


def test_the_default_group_of_a_vpc_outside_the_stack_is_not_evaluated(endpoint, statuses):
    hcl = endpoint(vpc_id='"vpc-0123456789abcdef0"')
    assert statuses(vpc_endpoint_port_blocked, hcl) == {"aws_vpc_endpoint.x": "not_evaluated"}


@pytest.mark.parametrize(
    "other",
    [
        {"vpc_endpoint_type": '"Gateway"', "service_name": "s3"},
        {"vpc_endpoint_type": None, "service_name": "s3"},
        {"service_name": '"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"'},
    ],
)
def test_other_endpoints_are_no_subject(other, endpoint, statuses):
    assert statuses(vpc_endpoint_port_blocked, endpoint(**other)) == {}


@pytest.mark.parametrize("unknown", [{"vpc_endpoint_type": "var.type"}, {"service_name": "var.service"}])
def test_an_endpoint_that_may_be_an_interface_endpoint_of_aws_is_not_evaluated(unknown, endpoint, statuses):
    assert statuses(vpc_endpoint_port_blocked, endpoint(**unknown)) == {"aws_vpc_endpoint.x": "not_evaluated"}


def test_unknown_security_groups_are_not_evaluated(endpoint, statuses):
    hcl = endpoint(security_group_ids="var.groups")
    assert statuses(vpc_endpoint_port_blocked, hcl) == {"aws_vpc_endpoint.x": "not_evaluated"}


def test_a_service_may_have_a_port_of_its_own(endpoint, messages):
    hcl = GROUP % "" + RULE % (G, ports(443, 443)) + endpoint(service_name="cassandra", **IN_G)
    (message,) = messages(vpc_endpoint_port_blocked, hcl)
    assert "`aws_security_group.g`" in message
    assert "TCP 9142" in message
