import pytest

from plainwork_policies.canaries.route53_cname_conflict import route53_cname_conflict

CNAME = {"weight": None, "set_identifier": None, "type": '"CNAME"'}
TXT = {**CNAME, "type": '"TXT"'}
X = "aws_route53_record.x"


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        (CNAME, TXT, "failed"),
        ({**CNAME, "type": '"cname"'}, TXT, "failed"),
        ({**CNAME, "name": '"A.example.com."'}, TXT, "failed"),
        ({**CNAME, "name": '"a.${var.domain}"'}, {**TXT, "name": '"a.${var.domain}"'}, "failed"),
        ({**CNAME, "name": '"a.${var.domain}"'}, {**TXT, "name": '"b.${var.domain}"'}, "passed"),
        ({**CNAME, "name": "var.name"}, TXT, "not_evaluated"),
        ({"type": '"CNAME"'}, {"type": '"A"'}, "failed"),
        (CNAME, {**TXT, "name": '"b.example.com"'}, "passed"),
        (CNAME, {**TXT, "zone_id": '"Z2"'}, "passed"),
        (CNAME, {**TXT, "zone_id": "aws_route53_zone.x.zone_id"}, "passed"),
        ({"type": '"CNAME"'}, {"type": '"CNAME"'}, "passed"),
        (CNAME, {**TXT, "name": "var.name"}, "not_evaluated"),
        (CNAME, {**TXT, "name": '"a"'}, "not_evaluated"),
        (CNAME, {**TXT, "type": "var.type"}, "not_evaluated"),
        ({**CNAME, "type": "var.type"}, TXT, "not_evaluated"),
    ],
)
def test_a_cname_record_is_the_only_record_of_its_name(one, other, status, record, statuses):
    hcl = 'resource "aws_route53_zone" "x" {\n}\n' + record("x", **one) + record("y", **other)
    assert statuses(route53_cname_conflict, hcl)[X] == status


def test_a_record_does_not_conflict_with_itself(record, statuses):
    assert statuses(route53_cname_conflict, record("x", **CNAME)) == {X: "passed"}


@pytest.mark.parametrize(
    ("repetition", "status"),
    [
        ("count = var.verified ? 1 : 0", "not_evaluated"),
        ("for_each = var.verified", "not_evaluated"),
        ("count = 1", "failed"),
        ('for_each = toset(["a"])', "failed"),
        ("count = 0", "passed"),
    ],
)
@pytest.mark.parametrize("repeated", ["x", "y"])
def test_two_records_that_may_exclude_each_other_are_not_evaluated(repeated, repetition, status, record, statuses):
    more = {"x": "", "y": "", repeated: repetition}
    hcl = record("x", more["x"], **CNAME) + record("y", more["y"], **TXT)
    found = statuses(route53_cname_conflict, hcl).items()
    assert {status for address, status in found if address.startswith(X)} <= {status}


def test_a_default_does_not_decide_whether_a_record_exists(record, statuses):
    hcl = record("x", **CNAME) + record("y", "count = var.verified ? 1 : 0", **TXT)
    hcl += 'variable "verified" {\n  default = true\n}\n'
    assert statuses(route53_cname_conflict, hcl) == {X: "not_evaluated"}


@pytest.mark.parametrize("name", ["each.value.name", "aws_acm_certificate.c.domain_validation_options[0].name"])
def test_a_record_for_each_name_is_not_compared(name, record, statuses):
    hcl = 'resource "aws_acm_certificate" "c" {\n}\n' + record("x", **CNAME) + record("y", **{**CNAME, "name": name})
    assert statuses(route53_cname_conflict, hcl) == {X: "passed"}


def test_records_of_other_types_are_no_subject(record, statuses):
    assert statuses(route53_cname_conflict, record("x", **TXT) + record("y", weight=None, set_identifier=None)) == {}


def test_the_message_names_the_other_record(record, messages):
    assert messages(route53_cname_conflict, record("x", **CNAME) + record("y", **TXT)) == [
        "`type` is `CNAME`, but `aws_route53_record.y` of type `TXT` has the same name"
    ]
