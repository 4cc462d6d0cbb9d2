import pytest

from plainwork_policies.canaries.route53_weighted_ipv6_mismatch import route53_weighted_ipv6_mismatch


@pytest.fixture
def variants(record):
    def variants(four, six, name='"a.example.com"'):
        return "".join(
            record(f"{variant}_{family}", set_identifier=f'"{variant}"', type=f'"{type_}"', weight=weight, name=name_of)
            for family, type_, weights, name_of in (("4", "A", four, '"a.example.com"'), ("6", "AAAA", six, name))
            for variant, weight in zip(("stable", "canary"), weights, strict=True)
        )

    return variants


@pytest.mark.parametrize(
    ("four", "six", "status"),
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
def test_the_weights_of_a_and_aaaa_records_have_the_same_shares(four, six, status, variants, statuses):
    found = statuses(route53_weighted_ipv6_mismatch, variants(four, six))
    assert found == {"aws_route53_record.stable_4": status, "aws_route53_record.canary_4": status}


def test_a_name_without_aaaa_records_is_no_subject(variants, statuses):
    assert statuses(route53_weighted_ipv6_mismatch, variants(("95", "5"), ("50", "50"), '"b.example.com"')) == {}


def test_aaaa_records_that_may_have_the_same_name_are_not_evaluated(variants, statuses):
    found = statuses(route53_weighted_ipv6_mismatch, variants(("95", "5"), ("50", "50"), "var.name"))
    assert found == {"aws_route53_record.stable_4": "not_evaluated", "aws_route53_record.canary_4": "not_evaluated"}


def test_an_unknown_name_is_no_subject_without_aaaa_records(record, statuses):
    assert statuses(route53_weighted_ipv6_mismatch, record("x", name="var.name")) == {}


def test_variants_are_recognized_by_their_identifiers(record, statuses):
    hcl = record("x") + record("y", type='"AAAA"', weight="9")
    assert statuses(route53_weighted_ipv6_mismatch, hcl) == {}


def test_the_message_has_both_shares_and_the_other_record(variants, messages):
    (stable, _) = messages(route53_weighted_ipv6_mismatch, variants(("95", "5"), ("50", "50")))
    assert "95 % of the A weights" in stable
    assert "50 % of the AAAA weights (`aws_route53_record.stable_6`)" in stable
