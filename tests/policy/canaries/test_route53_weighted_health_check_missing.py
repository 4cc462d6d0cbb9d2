import pytest

from plainwork_policies.canaries.route53_weighted_health_check_missing import route53_weighted_health_check_missing

ALIAS = "alias {\n  name = %s\n  zone_id = var.zone\n  evaluate_target_health = %s\n}"
BALANCER = 'resource "aws_lb" "b" {\n}\n'
CHECKED = 'health_check_id = "h"'


@pytest.mark.parametrize(
    ("name", "evaluate", "verdict"),
    [
        ("aws_lb.b.dns_name", "true", "passed"),
        ("aws_lb.b.dns_name", "false", "failed"),
        ("aws_lb.b.dns_name", "var.evaluate", "not_evaluated"),
        ('"b-1.eu-west-1.elb.amazonaws.com"', "false", "failed"),
        ('"d111111abcdef8.cloudfront.net"', "false", "passed"),
        ("var.name", "false", "passed"),
    ],
)
def test_a_load_balancer_is_looked_at(name, evaluate, verdict, record, statuses):
    found = statuses(route53_weighted_health_check_missing, BALANCER + record("x", ALIAS % (name, evaluate)))
    assert found == {"aws_route53_record.x": verdict}


def test_or_it_has_a_health_check_of_its_own(record, statuses):
    alias = ALIAS % ("aws_lb.b.dns_name", "false")
    hcl = BALANCER + record("x", f"{alias}\n{CHECKED}")
    assert statuses(route53_weighted_health_check_missing, hcl) == {"aws_route53_record.x": "passed"}


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("", "", "passed"),
        (CHECKED, CHECKED, "passed"),
        (CHECKED, "", "passed"),
        ("", CHECKED, "failed"),
        ("", "health_check_id = aws_route53_health_check.h.id", "failed"),
        (ALIAS % ("aws_lb.b.dns_name", "true"), CHECKED, "passed"),
    ],
)
def test_all_records_of_a_group_are_checked_or_none(one, other, verdict, record, statuses):
    found = statuses(route53_weighted_health_check_missing, BALANCER + record("x", one) + record("y", other))
    assert found["aws_route53_record.x"] == verdict


def test_a_check_in_another_group_does_not_count(record, statuses):
    hcl = record("x") + record("y", CHECKED, name='"b.example.com"')
    assert set(statuses(route53_weighted_health_check_missing, hcl).values()) == {"passed"}


def test_a_group_that_is_not_known_is_not_evaluated(record, statuses):
    hcl = record("x", name="var.name")
    assert statuses(route53_weighted_health_check_missing, hcl) == {"aws_route53_record.x": "not_evaluated"}


def test_a_record_without_a_weight_is_no_subject(record, statuses):
    assert (
        statuses(route53_weighted_health_check_missing, record("x", weight=None) + record("y", CHECKED, weight=None))
        == {}
    )


def test_the_finding_names_the_record_that_is_checked(record, messages):
    (message,) = messages(route53_weighted_health_check_missing, record("x") + record("y", CHECKED))
    said = "has no health check, and `aws_route53_record.y` of the same group has one: this one counts as healthy"
    assert message == said
