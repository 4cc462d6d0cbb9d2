import pytest

from plainwork_policies.canaries.route53_weighted_records_conflict import route53_weighted_records_conflict


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
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
        ({}, {"weight": None}, "failed"),
        ({"weight": "var.weight"}, {"weight": None}, "failed"),
        ({}, {"weight": None, "type": '"AAAA"'}, "passed"),
        ({}, {"weight": None, "name": '"b.example.com"'}, "passed"),
        ({}, {"weight": None, "zone_id": "var.private"}, "passed"),
    ],
)
def test_records_of_one_group_agree(one, other, verdict, record, statuses):
    found = statuses(route53_weighted_records_conflict, record("x", **one) + record("y", **other))
    assert found["aws_route53_record.x"] == verdict


def test_another_routing_policy_is_named(record, messages):
    latency = 'latency_routing_policy {\n  region = "eu-west-1"\n}'
    found = messages(route53_weighted_records_conflict, record("x") + record("y", latency, weight=None))
    other = "has a weight, but `aws_route53_record.y` of the same name and type has a `latency_routing_policy`"
    assert found == [other]


@pytest.mark.parametrize("own", [{"name": "var.name"}, {"zone_id": "each.value"}, {"type": "each.key"}])
def test_a_record_of_no_known_group_is_not_evaluated(own, record, statuses):
    assert statuses(route53_weighted_records_conflict, record("x", **own)) == {"aws_route53_record.x": "not_evaluated"}


def test_private_and_public_zone_have_groups_of_their_own(record, statuses):
    data = 'data "aws_route53_zone" "public" {}\ndata "aws_route53_zone" "private" {}\n'
    hcl = data + "".join(
        record(zone, zone_id=f"data.aws_route53_zone.{zone}.zone_id", ttl=ttl)
        for zone, ttl in (("public", "60"), ("private", "300"))
    )
    assert set(statuses(route53_weighted_records_conflict, hcl).values()) == {"passed"}


def test_the_finding_names_both_records(record, results):
    (one, _) = results(route53_weighted_records_conflict, record("x", ttl="60") + record("y", ttl="300"))
    (finding,) = one.findings
    assert finding.message == "has the TTL 60, and `aws_route53_record.y` of the same group 300"
    assert (finding.path, finding.value) == ("ttl", 60)
