import pytest

from plainwork_policies.canaries.route53_weighted_records_conflict import route53_weighted_records_conflict


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        ({}, {}, "passed"),
        ({"ttl": "60"}, {"ttl": '"60"'}, "passed"),
        ({"ttl": "60"}, {"ttl": "300"}, "failed"),
        ({"ttl": "60"}, {"ttl": None}, "passed"),
        ({"ttl": "var.ttl"}, {"ttl": "var.ttl"}, "passed"),
        ({"ttl": "var.ttl"}, {"ttl": "60"}, "not_evaluated"),
        ({"set_identifier": '"a"'}, {"set_identifier": '"a"'}, "failed"),
        ({"set_identifier": '"a"'}, {"set_identifier": '"A"'}, "passed"),
        ({"set_identifier": '"a-${var.e}"'}, {"set_identifier": '"a-${var.e}"'}, "failed"),
        ({"set_identifier": '"a-${var.e}"'}, {"set_identifier": '"b-${var.e}"'}, "passed"),
        ({"set_identifier": "element(var.ids, 0)"}, {"set_identifier": "element(var.ids, 1)"}, "not_evaluated"),
        ({"set_identifier": "each.key"}, {"set_identifier": '"a"'}, "not_evaluated"),
        ({"set_identifier": "var.id"}, {"set_identifier": "var.id"}, "failed"),
        ({"set_identifier": "var.id"}, {"set_identifier": "var.other"}, "not_evaluated"),
        ({}, {"weight": None}, "failed"),
        ({"weight": "var.weight"}, {"weight": None}, "failed"),
        ({}, {"weight": None, "type": '"AAAA"'}, "passed"),
        ({}, {"weight": None, "name": '"b.example.com"'}, "passed"),
        ({}, {"weight": None, "zone_id": "var.private"}, "not_evaluated"),
        ({}, {"weight": None, "name": "var.name"}, "not_evaluated"),
        ({}, {"weight": None, "type": "var.type"}, "not_evaluated"),
        ({"zone_id": "var.public"}, {"zone_id": "var.private", "weight": None}, "passed"),
    ],
)
def test_records_of_one_group_have_weights_unique_identifiers_and_one_ttl(one, other, status, record, statuses):
    found = statuses(route53_weighted_records_conflict, record("x", **one) + record("y", **other))
    assert found["aws_route53_record.x"] == status


@pytest.mark.parametrize(
    "name", ["each.value.name", "tolist(aws_acm_certificate.c.domain_validation_options)[0].resource_record_name"]
)
def test_a_record_that_validates_a_certificate_is_not_compared(name, record, statuses):
    hcl = 'resource "aws_acm_certificate" "c" {\n}\n' + record("x")
    hcl += record("y", weight=None, name=name, type=name.replace("name", "type"), set_identifier=None)
    assert statuses(route53_weighted_records_conflict, hcl) == {"aws_route53_record.x": "passed"}


def test_the_message_names_another_routing_policy(record, messages):
    latency = 'latency_routing_policy {\n  region = "eu-west-1"\n}'
    (message,) = messages(route53_weighted_records_conflict, record("x") + record("y", latency, weight=None))
    assert "`aws_route53_record.y`" in message
    assert "`latency_routing_policy`" in message


@pytest.mark.parametrize("own", [{"name": "var.name"}, {"zone_id": "each.value"}, {"type": "each.key"}])
def test_a_record_with_an_unknown_zone_name_or_type_is_not_evaluated(own, record, statuses):
    assert statuses(route53_weighted_records_conflict, record("x", **own)) == {"aws_route53_record.x": "not_evaluated"}


def test_two_zones_have_two_groups(record, statuses):
    data = 'data "aws_route53_zone" "public" {}\ndata "aws_route53_zone" "private" {}\n'
    hcl = data + "".join(
        record(zone, zone_id=f"data.aws_route53_zone.{zone}.zone_id", ttl=ttl)
        for zone, ttl in (("public", "60"), ("private", "300"))
    )
    assert set(statuses(route53_weighted_records_conflict, hcl).values()) == {"passed"}


def test_the_finding_names_the_other_record_and_both_values(record, results):
    (one, _) = results(route53_weighted_records_conflict, record("x", ttl="60") + record("y", ttl="300"))
    (finding,) = one.findings
    assert "`ttl` is `60`" in finding.message
    assert "`aws_route53_record.y` has `300`" in finding.message
    assert (finding.path, finding.value) == ("ttl", 60)
