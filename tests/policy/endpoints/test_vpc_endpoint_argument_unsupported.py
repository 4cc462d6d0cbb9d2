import pytest

from plainwork_policies.endpoints.vpc_endpoint_argument_unsupported import vpc_endpoint_argument_unsupported

INTERFACE, GATEWAY, BALANCER = '"Interface"', '"Gateway"', '"GatewayLoadBalancer"'


@pytest.mark.parametrize(
    ("kind", "given", "verdict"),
    [
        (INTERFACE, ("subnet_ids", '["subnet-1"]'), "pass"),
        (INTERFACE, ("security_group_ids", "aws_security_group.x[*].id"), "pass"),
        (INTERFACE, ("private_dns_enabled", "true"), "pass"),
        (INTERFACE, ("route_table_ids", '["rtb-1"]'), "fail"),
        (INTERFACE, ("route_table_ids", "[]"), "pass"),
        (GATEWAY, ("route_table_ids", '["rtb-1"]'), "pass"),
        (GATEWAY, ("subnet_ids", '["subnet-1"]'), "fail"),
        (GATEWAY, ("subnet_ids", "[]"), "pass"),
        (GATEWAY, ("subnet_ids", "null"), "pass"),
        (GATEWAY, ("security_group_ids", "[var.group]"), "fail"),
        (GATEWAY, ("security_group_ids", "var.groups"), "unknown"),
        (GATEWAY, ("private_dns_enabled", "true"), "fail"),
        (GATEWAY, ("private_dns_enabled", "false"), "pass"),
        (None, ("subnet_ids", '["subnet-1"]'), "fail"),
        (None, ("route_table_ids", '["rtb-1"]'), "pass"),
        (BALANCER, ("subnet_ids", '["subnet-1"]'), "pass"),
        (BALANCER, ("security_group_ids", '["sg-1"]'), "fail"),
        ("var.kind", ("subnet_ids", '["subnet-1"]'), "unknown"),
        ("var.kind", ("private_dns_enabled", "false"), "pass"),
    ],
)
def test_each_kind_has_arguments_of_its_own(kind, given, verdict, endpoint, verdicts):
    hcl = endpoint(service_name="s3", vpc_endpoint_type=kind, **dict([given]))
    assert verdicts(vpc_endpoint_argument_unsupported, hcl) == {"aws_vpc_endpoint.x": verdict}


def test_what_a_condition_leaves_open_is_not_evaluated(endpoint, verdicts):
    hcl = endpoint(vpc_endpoint_type="each.value", subnet_ids='each.value == "Interface" ? var.subnets : null')
    assert verdicts(vpc_endpoint_argument_unsupported, hcl) == {"aws_vpc_endpoint.x": "unknown"}


def test_a_type_that_was_forgotten_is_named(endpoint, judged):
    (result,) = judged(vpc_endpoint_argument_unsupported, endpoint(vpc_endpoint_type=None, subnet_ids='["subnet-1"]'))
    (finding,) = result.findings
    said = "has `subnet_ids`, and without `vpc_endpoint_type` it is an endpoint of the type `Gateway`, which has none"
    assert (finding.message, finding.path, finding.location.line) == (said, "subnet_ids", 4)
    assert finding.remedy == 'write `vpc_endpoint_type = "Interface"`, or remove `subnet_ids`'
