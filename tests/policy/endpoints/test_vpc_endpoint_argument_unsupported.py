import pytest

from plainwork_policies.endpoints.vpc_endpoint_argument_unsupported import vpc_endpoint_argument_unsupported

INTERFACE, GATEWAY, BALANCER = '"Interface"', '"Gateway"', '"GatewayLoadBalancer"'


@pytest.mark.parametrize(
    ("endpoint_type", "argument", "status"),
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
def test_an_endpoint_type_supports_some_arguments(endpoint_type, argument, status, endpoint, statuses):
    hcl = endpoint(service_name="s3", vpc_endpoint_type=endpoint_type, **dict([argument]))
    assert statuses(vpc_endpoint_argument_unsupported, hcl) == {"aws_vpc_endpoint.x": status}


def test_an_argument_that_a_condition_sets_is_not_evaluated(endpoint, statuses):
    hcl = endpoint(vpc_endpoint_type="each.value", subnet_ids='each.value == "Interface" ? var.subnets : null')
    assert statuses(vpc_endpoint_argument_unsupported, hcl) == {"aws_vpc_endpoint.x": "not_evaluated"}


def test_the_message_names_argument_and_default_type(endpoint, results):
    (result,) = results(vpc_endpoint_argument_unsupported, endpoint(vpc_endpoint_type=None, subnet_ids='["subnet-1"]'))
    (finding,) = result.findings
    assert "`subnet_ids` is set" in finding.message
    assert "`vpc_endpoint_type` is not set, which means `Gateway`" in finding.message
    assert (finding.path, finding.location.line) == ("subnet_ids", 4)
    assert 'vpc_endpoint_type = "Interface"' in finding.remedy
