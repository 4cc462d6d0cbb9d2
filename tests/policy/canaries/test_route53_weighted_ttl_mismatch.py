import pytest

from plainwork_policies.canaries.route53_weighted_ttl_mismatch import route53_weighted_ttl_mismatch

ALIAS = "alias {\n  name = %s\n  zone_id = var.zone\n  evaluate_target_health = true\n}"
BALANCER = 'resource "aws_lb" "b" {\n}\n'
OF_THE_STACK = ALIAS % "aws_lb.b.dns_name"
BY_NAME = ALIAS % '"dualstack.b-1.eu-west-1.elb.amazonaws.com"'
NETWORK = ALIAS % '"b-1.elb.eu-west-1.amazonaws.com."'
CLOUDFRONT = ALIAS % '"d111111abcdef8.cloudfront.net"'


@pytest.mark.parametrize(
    ("ttl", "other", "status"),
    [
        ("300", OF_THE_STACK, "failed"),
        ("300", BY_NAME, "failed"),
        ("300", NETWORK, "failed"),
        ("30", OF_THE_STACK, "failed"),
        ("60", OF_THE_STACK, "passed"),
        ("var.ttl", OF_THE_STACK, "not_evaluated"),
        ("300", CLOUDFRONT, "passed"),
        ("300", ALIAS % "var.name", "not_evaluated"),
        ("300", 'health_check_id = "h"', "failed"),
        ("300", "health_check_id = aws_route53_health_check.h.id", "failed"),
        ("30", 'health_check_id = "h"', "passed"),
        ("300", "health_check_id = var.check", "not_evaluated"),
        ("300", "", "passed"),
        ("var.ttl", "", "passed"),
    ],
)
def test_the_ttl_fits_the_other_records_of_the_group(ttl, other, status, record, statuses):
    hcl = BALANCER + record("x", ttl=ttl) + record("y", other)
    assert statuses(route53_weighted_ttl_mismatch, hcl) == {"aws_route53_record.x": status}


@pytest.mark.parametrize("other", [{"name": '"b.example.com"'}, {"zone_id": '"Z2"'}, {"type": '"AAAA"'}])
def test_a_load_balancer_of_another_group_does_not_count(other, record, statuses):
    hcl = BALANCER + record("x", ttl="300") + record("y", OF_THE_STACK, **other)
    assert statuses(route53_weighted_ttl_mismatch, hcl) == {"aws_route53_record.x": "passed"}


@pytest.mark.parametrize("unknown", [{"name": "var.name"}, {"zone_id": "var.zone"}, {"type": "var.type"}])
@pytest.mark.parametrize(("more", "status"), [(OF_THE_STACK, "not_evaluated"), (CLOUDFRONT, "passed")])
def test_a_load_balancer_that_may_be_in_the_group_counts(more, status, unknown, record, statuses):
    hcl = BALANCER + record("x", ttl="300") + record("y", more, **unknown)
    assert statuses(route53_weighted_ttl_mismatch, hcl) == {"aws_route53_record.x": status}


def test_a_record_with_an_unknown_name_is_not_evaluated(record, statuses):
    assert statuses(route53_weighted_ttl_mismatch, record("x", ttl="300", name="var.name")) == {
        "aws_route53_record.x": "not_evaluated"
    }


@pytest.mark.parametrize("arguments", [{}, {"ttl": "300", "weight": None}])
def test_an_alias_or_a_record_without_a_weight_is_no_subject(arguments, record, statuses):
    assert statuses(route53_weighted_ttl_mismatch, record("x", **arguments)) == {}


def test_the_message_names_the_alias(record, messages):
    (message,) = messages(route53_weighted_ttl_mismatch, BALANCER + record("x", ttl="300") + record("y", OF_THE_STACK))
    assert "`ttl` is `300`" in message
    assert "`aws_route53_record.y`" in message
