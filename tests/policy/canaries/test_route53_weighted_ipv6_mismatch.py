import pytest

from plainwork_policies.canaries.route53_weighted_ipv6_mismatch import route53_weighted_ipv6_mismatch


@pytest.fixture
def sides(record):
    def sides(four, six, name='"a.example.com"'):
        return "".join(
            record(f"{side}_{family}", set_identifier=f'"{side}"', type=f'"{type_}"', weight=weight, name=name_of)
            for family, type_, weights, name_of in (("4", "A", four, '"a.example.com"'), ("6", "AAAA", six, name))
            for side, weight in zip(("stable", "canary"), weights, strict=True)
        )

    return sides


@pytest.mark.parametrize(
    ("four", "six", "verdict"),
    [
        (("95", "5"), ("95", "5"), "passed"),
        (("95", "5"), ("190", "10"), "passed"),
        (("95", "5"), ("50", "50"), "failed"),
        (("100", "0"), ("95", "5"), "failed"),
        (("0", "0"), ("0", "0"), "passed"),
        (("95", "var.weight"), ("95", "var.weight"), "passed"),
        (("95", "5"), ("95", "var.weight"), "not_evaluated"),
    ],
)
def test_both_families_share_alike(four, six, verdict, sides, statuses):
    found = statuses(route53_weighted_ipv6_mismatch, sides(four, six))
    assert found == {"aws_route53_record.stable_4": verdict, "aws_route53_record.canary_4": verdict}


@pytest.mark.parametrize("name", ['"b.example.com"', "var.name"])
def test_a_name_of_one_family_is_no_subject(name, sides, statuses):
    assert statuses(route53_weighted_ipv6_mismatch, sides(("95", "5"), ("50", "50"), name)) == {}


def test_sides_are_known_by_their_identifiers(record, statuses):
    hcl = record("x") + record("y", type='"AAAA"', weight="9")
    assert statuses(route53_weighted_ipv6_mismatch, hcl) == {}


def test_the_finding_says_both_shares(sides, messages):
    (stable, _) = messages(route53_weighted_ipv6_mismatch, sides(("95", "5"), ("50", "50")))
    twin = "its twin `aws_route53_record.stable_6` 50% of those with IPv6"
    assert stable == f"gets 95% of the clients with IPv4, and {twin}"
