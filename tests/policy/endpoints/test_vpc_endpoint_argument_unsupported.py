import pytest

from plainwork_policies.endpoints.vpc_endpoint_argument_unsupported import vpc_endpoint_argument_unsupported

INTERFACE, GATEWAY, BALANCER = '"Interface"', '"Gateway"', '"GatewayLoadBalancer"'


@pytest.mark.parametrize(
    ("kind", "given", "verdict"),
    [
        (INTERFACE, ("subnet_ids", '["subnet-1"]'), "passed"),
        (INTERFACE, ("security_group_ids", "aws_security_group.x[*].id"), "passed"),
        (INTERFACE, ("private_dns_enabled", "true"), "passed"),
        (INTERFACE, ("route_table_ids", '["rtb-1"]'), "failed"),
        (INTERFACE, ("route_table_ids", "[]"), "passed"),
        (GATEWAY, ("route_table_ids", '["rtb-1"]'), "passed"),
        (GATEWAY, ("subnet_ids", '["subnet-1"]'), "failed"),
        (GATEWAY, ("subnet_ids", "[]"), "passed"),
        (GATEWAY, ("subnet_ids", "null"), "passed"),
        (GATEWAY, ("security_group_ids", "[var.group]"), "failed"),
        (GATEWAY, ("security_group_ids", "var.groups"), "not_evaluated"),
        (GATEWAY, ("private_dns_enabled", "true"), "failed"),
        (GATEWAY, ("private_dns_enabled", "false"), "passed"),
        (None, ("subnet_ids", '["subnet-1"]'), "failed"),
        (None, ("route_table_ids", '["rtb-1"]'), "passed"),
        (BALANCER, ("subnet_ids", '["subnet-1"]'), "passed"),
        (BALANCER, ("security_group_ids", '["sg-1"]'), "failed"),
        ("var.kind", ("subnet_ids", '["subnet-1"]'), "not_evaluated"),
        ("var.kind", ("private_dns_enabled", "false"), "passed"),
    ],
)
def test_each_kind_has_arguments_of_its_own(kind, given, verdict, endpoint, statuses):
    hcl = endpoint(service_name="s3", vpc_endpoint_type=kind, **dict([given]))
    assert statuses(vpc_endpoint_argument_unsupported, hcl) == {"aws_vpc_endpoint.x": verdict}


def test_what_a_condition_leaves_open_is_not_evaluated(endpoint, statuses):
    hcl = endpoint(vpc_endpoint_type="each.value", subnet_ids='each.value == "Interface" ? var.subnets : null')
    assert statuses(vpc_endpoint_argument_unsupported, hcl) == {"aws_vpc_endpoint.x": "not_evaluated"}


def test_a_type_that_was_forgotten_is_named(endpoint, results):
    (result,) = results(vpc_endpoint_argument_unsupported, endpoint(vpc_endpoint_type=None, subnet_ids='["subnet-1"]'))
    (finding,) = result.findings
    said = "has `subnet_ids`, and without `vpc_endpoint_type` it is an endpoint of the type `Gateway`, which has none"
    assert (finding.message, finding.path, finding.location.line) == (said, "subnet_ids", 4)
    assert finding.remedy == 'write `vpc_endpoint_type = "Interface"`, or remove `subnet_ids`'
