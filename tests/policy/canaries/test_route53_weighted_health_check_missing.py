import pytest

from plainwork_policies.canaries.route53_weighted_health_check_missing import route53_weighted_health_check_missing

ALIAS = "alias {\n  name = %s\n  zone_id = var.zone\n  evaluate_target_health = %s\n}"
BALANCER = 'resource "aws_lb" "b" {\n}\nresource "aws_cloudfront_distribution" "c" {\n}\n'
CHECKED = 'health_check_id = "h"'


@pytest.mark.parametrize(
    ("name", "evaluate", "status"),
    [
        ("aws_lb.b.dns_name", "true", "passed"),
        ("aws_lb.b.dns_name", "false", "failed"),
        ("aws_lb.b.dns_name", "var.evaluate", "not_evaluated"),
        ('"b-1.eu-west-1.elb.amazonaws.com"', "false", "failed"),
        ('"d111111abcdef8.cloudfront.net"', "false", "passed"),
        ("var.name", "false", "not_evaluated"),
        ("aws_cloudfront_distribution.c.domain_name", "false", "passed"),
    ],
)
def test_an_alias_of_a_load_balancer_evaluates_target_health(name, evaluate, status, record, statuses):
    found = statuses(route53_weighted_health_check_missing, BALANCER + record("x", ALIAS % (name, evaluate)))
    assert found == {"aws_route53_record.x": status}


def test_an_alias_of_a_load_balancer_may_have_a_health_check_instead(record, statuses):
    alias = ALIAS % ("aws_lb.b.dns_name", "false")
    hcl = BALANCER + record("x", f"{alias}\n{CHECKED}")
    assert statuses(route53_weighted_health_check_missing, hcl) == {"aws_route53_record.x": "passed"}


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        ("", "", "passed"),
        (CHECKED, CHECKED, "passed"),
        (CHECKED, "", "passed"),
        ("", CHECKED, "failed"),
        ("", "health_check_id = var.check", "not_evaluated"),
        ("health_check_id = var.check", CHECKED, "not_evaluated"),
        ("health_check_id = var.check", "", "passed"),
        ("", "health_check_id = aws_route53_health_check.h.id", "failed"),
        (ALIAS % ("aws_lb.b.dns_name", "true"), CHECKED, "passed"),
    ],
)
def test_all_records_of_a_group_have_a_health_check_or_none(one, other, status, record, statuses):
    found = statuses(route53_weighted_health_check_missing, BALANCER + record("x", one) + record("y", other))
    assert found["aws_route53_record.x"] == status


def test_a_health_check_in_another_group_does_not_count(record, statuses):
    hcl = record("x") + record("y", CHECKED, name='"b.example.com"')
    assert set(statuses(route53_weighted_health_check_missing, hcl).values()) == {"passed"}


@pytest.mark.parametrize(("more", "status"), [(CHECKED, "not_evaluated"), ("", "passed")])
@pytest.mark.parametrize("unknown", [{"name": "var.name"}, {"zone_id": "var.zone"}, {"type": "var.type"}])
def test_a_health_check_that_may_be_in_the_group_counts(more, status, unknown, record, statuses):
    found = statuses(route53_weighted_health_check_missing, record("x") + record("y", more, **unknown))
    assert found["aws_route53_record.x"] == status


def test_a_record_with_an_unknown_name_is_not_evaluated(record, statuses):
    hcl = record("x", name="var.name")
    assert statuses(route53_weighted_health_check_missing, hcl) == {"aws_route53_record.x": "not_evaluated"}


def test_a_record_without_a_weight_is_no_subject(record, statuses):
    assert (
        statuses(route53_weighted_health_check_missing, record("x", weight=None) + record("y", CHECKED, weight=None))
        == {}
    )


def test_the_message_names_the_record_with_the_health_check(record, messages):
    (message,) = messages(route53_weighted_health_check_missing, record("x") + record("y", CHECKED))
    assert "`health_check_id` is not set" in message
    assert "`aws_route53_record.y`" in message
