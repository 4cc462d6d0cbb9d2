import pytest

from plainwork_policies.canaries.route53_routing_policy_missing import route53_routing_policy_missing

RECORD = 'resource "aws_route53_record" "x" {\n  %s\n}\n'
IDENTIFIER = 'set_identifier = "stable"\n  '
BLOCK = "%s_routing_policy {\n  }"


@pytest.mark.parametrize(
    "routing",
    [
        *(BLOCK % kind for kind in ("weighted", "cidr", "failover", "geolocation", "geoproximity", "latency")),
        "multivalue_answer_routing_policy = true",
    ],
)
def test_a_set_identifier_with_a_routing_policy_passes(routing, statuses):
    found = statuses(route53_routing_policy_missing, RECORD % (IDENTIFIER + routing))
    assert found == {"aws_route53_record.x": "passed"}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("", "failed"),
        ("multivalue_answer_routing_policy = false", "failed"),
        ("multivalue_answer_routing_policy = var.multivalue", "not_evaluated"),
        ("weighted_routing_policy = var.routing", "not_evaluated"),
    ],
)
def test_a_set_identifier_without_a_routing_policy_fails(arguments, status, statuses):
    found = statuses(route53_routing_policy_missing, RECORD % (IDENTIFIER + arguments))
    assert found == {"aws_route53_record.x": status}


def test_a_record_without_a_set_identifier_is_not_checked(statuses):
    assert statuses(route53_routing_policy_missing, RECORD % 'name = "x"') == {}
    assert statuses(route53_routing_policy_missing, RECORD % "set_identifier = null") == {}
    expected = {"aws_route53_record.x": "not_evaluated"}
    assert statuses(route53_routing_policy_missing, RECORD % "set_identifier = var.identifier") == expected
