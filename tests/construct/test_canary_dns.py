from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from plainwork import DataSource, Moved, Resource, Stack, synthesize
from plainwork.canary import AliasTarget
from plainwork.errors import ArgumentsError, PlainworkError
from tests.support.canaries import BLUE_ALIAS, ELB_ZONE, GREEN_ALIAS, LIMITS, METRICS, OLD, ZONE, dns_canary

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork import App

BOTH = ("A", "AAAA")
CHECK = "01234567-89ab-cdef-0123-456789abcdef"
CHECKED = {"health_checks": {"stable": CHECK, "canary": f"{CHECK[:-1]}0"}}
CLOUDFRONT = AliasTarget("d111111abcdef8.cloudfront.net", "Z2FDTNDATAQYW2")


def records(stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"]["aws_route53_record"]
    return found


def record(stack: Stack, id_: str, **arguments: Any) -> Resource:
    defaults: dict[str, Any] = {
        "zone_id": ZONE,
        "name": "api.example.com",
        "type": "A",
        "ttl": 60,
        "records": ["192.0.2.9"],
    }
    return Resource(stack, "aws_route53_record", id_, **(defaults | arguments))


def test_required_arguments(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    dns_canary(stack)
    assert stack == hcl_snapshot


def test_all_arguments(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    canary = dns_canary(
        stack,
        types=BOTH,
        stable={"A": "192.0.2.1", "AAAA": "2001:db8::1"},
        canary=GREEN_ALIAS,
        health_checks={"stable": CHECK, "canary": CHECK},
        percent=25,
        ttl=60,
    )
    canary.gate(name="prod-api", **METRICS, **LIMITS)
    Moved(stack, from_="aws_route53_record.api", to=canary.records["stable"]["A"])
    assert stack == hcl_snapshot


def test_another_type_adds_records(app: App) -> None:
    one, both = Stack(app, "one"), Stack(app, "both")
    aliases = {"stable": BLUE_ALIAS, "canary": GREEN_ALIAS}
    dns_canary(one, **aliases)
    dns_canary(both, types=BOTH, zone="Z9876543210ABCDEFGHIJ", **aliases)
    assert set(records(one)) < set(records(both))


def test_the_group_has_one_type_one_ttl_and_an_identifier_for_each_variant(stack: Stack) -> None:
    dns_canary(stack)
    group = [records(stack)[f"api_{variant}_a"] for variant in ("stable", "canary")]
    assert {(body["type"], body["ttl"]) for body in group} == {("A", 60)}
    assert [body["set_identifier"] for body in group] == ["stable", "canary"]


def test_the_stable_variant_changes_first(stack: Stack) -> None:
    """A simple record must be weighted before there is a second one, and a rollback must not result in two zeros."""
    dns_canary(stack)
    assert records(stack)["api_canary_a"]["depends_on"] == ["aws_route53_record.api_stable_a"]


def test_a_private_zone_can_have_another_canary_of_the_name(stack: Stack) -> None:
    dns_canary(stack, "api_public")
    dns_canary(stack, "api_private", zone="Z9876543210ABCDEFGHIJ")
    assert len(records(stack)) == 4


REJECTED: dict[str, tuple[dict[str, Any], str]] = {
    "a zone by its name": ({"zone": "example.com"}, "zone must be the id of a hosted zone"),
    "a name in capitals": ({"name": "API.example.com"}, "name must be a full DNS name in lowercase"),
    "a name with a dot at its end": ({"name": "api.example.com."}, "name must be a full DNS name in lowercase"),
    "a part of a name": ({"name": "api"}, "name must be a full DNS name"),
    "a label that is too long": ({"name": f"{'a' * 64}.example.com"}, "name must be a full DNS name"),
    "no type": ({"types": ()}, "types must be ('A',)"),
    "a type twice": ({"types": ("A", "A")}, "types must be ('A',)"),
    "a type as text": ({"types": "A"}, "types must be ('A',)"),
    "a type without weighted canaries": ({"types": ("MX",)}, "types must be ('A',)"),
    "a type that is a list": ({"types": [["A"]]}, "types must be ('A',)"),
    "CNAME beside another type": ({"types": ("A", "CNAME")}, "types must not combine CNAME"),
    "a target that is a number": ({"canary": 5}, "canary must be a load balancer or another resource with an alias"),
    "variants with one percentage": (
        {"stable": BLUE_ALIAS, "canary": {"green": GREEN_ALIAS}},
        "or values by type, as {'A': '192.0.2.1'}; for several canary variants, percent is a mapping too",
    ),
    "no value": ({"canary": {}}, "canary must be a load balancer or another resource with an alias"),
    "a reference of an unknown type": ({"canary": "${var.address}"}, "canary must be a load balancer or another"),
    "the same target twice": ({"canary": OLD}, "canary must not have the target of another variant"),
    "a type without a value": ({"types": BOTH}, "stable must have one value for each type, A, AAAA"),
    "two values": (
        {"canary": {"A": ["192.0.2.2", "192.0.2.3"]}},
        "canary['A'] must be one IPv4 address",
    ),
    "a number for an address": (
        {"canary": {"A": 3221225986}},
        "canary['A'] must be one IPv4 address: got 3221225986",
    ),
    "IPv6 for A": ({"canary": {"A": "2001:db8::1"}}, "canary['A'] must be one IPv4 address"),
    "IPv4 for AAAA": (
        {"types": ("AAAA",), "stable": BLUE_ALIAS, "canary": {"AAAA": "192.0.2.1"}},
        "canary['AAAA'] must be one IPv6 address",
    ),
    "an address for CNAME": (
        {
            "types": ("CNAME",),
            "stable": {"CNAME": "a"},
            "canary": {"CNAME": "b.example.com"},
        },
        "stable['CNAME'] must be a full DNS name",
    ),
    "an alias of a CNAME": (
        {"types": ("CNAME",), "stable": {"CNAME": "a.example.com"}, "canary": GREEN_ALIAS},
        "canary must not be an alias for types other than A and AAAA: got CNAME",
    ),
    "an alias with an invalid zone": (
        {"canary": replace(GREEN_ALIAS, zone_id="eu-west-1")},
        "canary.zone_id must be the id of a hosted zone",
    ),
    "an alias of a URL": (
        {"canary": replace(GREEN_ALIAS, name="https://green")},
        "canary.name must be a full DNS name",
    ),
    "an alias without evaluate_target_health": (
        {"canary": AliasTarget("a.example.com", ELB_ZONE, evaluate_target_health=None)},  # type: ignore[arg-type]
        "canary.evaluate_target_health must be True or False: got None",
    ),
    "the health of a distribution": (
        {"canary": CLOUDFRONT},
        "canary.evaluate_target_health must be False for a CloudFront distribution",
    ),
    "a health check on one variant": (
        {"health_checks": {"stable": CHECK}},
        "health_checks must have one health check for each variant, stable, canary",
    ),
    "an alias without a name": (
        {"canary": AliasTarget(None, ELB_ZONE, evaluate_target_health=True), "ttl": 60},  # type: ignore[arg-type]
        "canary.name must be a full DNS name in lowercase without a trailing dot: got None",
    ),
    "a TTL of aliases": (
        {"stable": BLUE_ALIAS, "canary": GREEN_ALIAS, "ttl": 60},
        "ttl must not be set, because all variants are aliases",
    ),
    "a TTL that changes the shares": (
        {"canary": GREEN_ALIAS, "ttl": 30},
        "ttl must be 60, the TTL of a load balancer's alias",
    ),
    "a TTL that changes the shares, of a load balancer in capitals": (
        {"canary": replace(GREEN_ALIAS, name="Green-1.eu-west-1.ELB.amazonaws.com"), "ttl": 30},
        "ttl must be 60, the TTL of a load balancer's alias",
    ),
    "a TTL above the maximum with health checks": (
        CHECKED | {"ttl": 61},
        "ttl with health checks must be a whole number from 0 to 60: got 61",
    ),
    "a negative TTL": ({"ttl": -1}, "ttl must be a whole number from 0 to 2147483647: got -1"),
}


@pytest.mark.parametrize("case", REJECTED)
def test_invalid_arguments_are_rejected(stack: Stack, case: str) -> None:
    arguments, message = REJECTED[case]
    with pytest.raises(ArgumentsError) as error:
        dns_canary(stack, **arguments)
    assert "DnsCanary 'api': invalid arguments" in str(error.value)
    assert message in str(error.value)


@pytest.mark.parametrize(
    "arguments",
    [
        {"ttl": 0},
        {"ttl": 300},
        CHECKED | {"ttl": 60},
        {"canary": GREEN_ALIAS, "ttl": 60},
        {"canary": GREEN_ALIAS},
        {"canary": replace(CLOUDFRONT, evaluate_target_health=False)},
        {"name": "*.example.com"},
        {"name": "${var.name}", "zone": "${aws_route53_zone.main.zone_id}"},
        {"canary": {"A": "${aws_eip.green.public_ip}"}},
        {"canary": replace(GREEN_ALIAS, name="Green-1.eu-west-1.elb.amazonaws.com")},
        {"canary": AliasTarget("a.example.com", ELB_ZONE, evaluate_target_health="${var.is_watched}")},  # type: ignore[arg-type]  a reference
        {
            "types": ("CNAME",),
            "stable": {"CNAME": "a.example.com"},
            "canary": {"CNAME": "b.example.com"},
        },
    ],
)
def test_valid_arguments_are_accepted(stack: Stack, arguments: dict[str, Any]) -> None:
    dns_canary(stack, **arguments)


def balancer(stack: Stack, name: str, **arguments: Any) -> Resource:
    return Resource(stack, "aws_lb", name, name=name, subnets=["subnet-0a1b2c3d4e5f60001"], **arguments)


def test_the_alias_of_a_load_balancer_is_made_of_its_attributes(stack: Stack) -> None:
    dns_canary(stack, stable=balancer(stack, "old"), canary=balancer(stack, "new"))
    assert records(stack)["api_canary_a"]["alias"] == {
        "name": "${aws_lb.new.dns_name}",
        "zone_id": "${aws_lb.new.zone_id}",
        "evaluate_target_health": True,
    }


def test_the_health_of_a_distribution_of_the_stack_is_not_evaluated(stack: Stack) -> None:
    shop = DataSource(stack, "aws_cloudfront_distribution", "shop", id="E2QWRUHAPOMQZL")
    dns_canary(stack, canary=shop)
    alias = records(stack)["api_canary_a"]["alias"]
    assert alias["zone_id"] == "${data.aws_cloudfront_distribution.shop.hosted_zone_id}"
    assert alias["evaluate_target_health"] is False


@pytest.mark.parametrize(("types", "expected"), [(("dualstack", "dualstack"), BOTH), (("dualstack", "ipv4"), ("A",))])
def test_two_load_balancers_with_ipv6_have_records_of_both_types(
    stack: Stack, types: tuple[str, str], expected: tuple[str, ...]
) -> None:
    old, new = (balancer(stack, name, ip_address_type=type_) for name, type_ in zip(("old", "new"), types, strict=True))
    dns_canary(stack, stable=old, canary=new)
    assert {body["type"] for body in records(stack).values()} == set(expected)


@pytest.mark.parametrize(
    ("value", "type_"), [("192.0.2.3", "A"), ("2001:db8::3", "AAAA"), ("green.example.com", "CNAME")]
)
def test_the_type_of_a_record_follows_from_its_value(stack: Stack, value: str, type_: str) -> None:
    stable = {"A": "192.0.2.1", "AAAA": "2001:db8::1", "CNAME": "blue.example.com"}[type_]
    dns_canary(stack, stable=stable, canary=value)
    assert records(stack)[f"api_canary_{type_.lower()}"]["records"] == [value]


def test_each_record_of_several_variants_waits_for_the_one_before(stack: Stack) -> None:
    dns_canary(stack, canary={"green": "192.0.2.2", "red": "192.0.2.3"}, percent={"green": 5, "red": 25})
    made = records(stack)
    assert [made[f"api_{name}_a"]["weighted_routing_policy"]["weight"] for name in ("stable", "green", "red")] == [
        70,
        5,
        25,
    ]
    assert made["api_green_a"]["depends_on"] == ["aws_route53_record.api_stable_a"]
    assert made["api_red_a"]["depends_on"] == ["aws_route53_record.api_green_a"]


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"name": "API.example.com."},
        {"set_identifier": "third", "weighted_routing_policy": {"weight": 10}},
        {"set_identifier": "eu", "latency_routing_policy": {"region": "eu-west-1"}},
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_another_record_of_the_group_is_rejected(
    app: App, stack: Stack, other: dict[str, Any], *, is_first: bool
) -> None:
    if is_first:
        record(Stack(app, "dns"), "api", **other)
    dns_canary(stack)
    if not is_first:
        record(Stack(app, "dns"), "api", **other)
    with pytest.raises(PlainworkError, match=r"aws_route53_record\.api is another A record of api\.example\.com"):
        synthesize(stack)


@pytest.mark.parametrize(("types", "other"), [(("A",), "CNAME"), (("CNAME",), "TXT")])
def test_no_other_record_is_accepted_beside_a_cname(stack: Stack, types: tuple[str, ...], other: str) -> None:
    values = ("192.0.2.1", "192.0.2.2") if types == ("A",) else ("old.example.com", "new.example.com")
    stable, canary = ({types[0]: value} for value in values)
    dns_canary(stack, types=types, stable=stable, canary=canary)
    record(stack, "other", type=other, records=["other.example.com"])
    with pytest.raises(PlainworkError, match=rf"aws_route53_record\.other is another {other} record"):
        synthesize(stack)


def test_two_canaries_of_one_group_are_rejected(stack: Stack) -> None:
    dns_canary(stack, "api")
    dns_canary(stack, "again")
    with pytest.raises(PlainworkError, match=r"aws_route53_record\.again_stable_a is another A record"):
        synthesize(stack)


def test_the_same_reference_in_another_stack_is_another_zone(app: App) -> None:
    stacks = [Stack(app, name) for name in ("eu", "us")]
    for stack in stacks:
        dns_canary(stack, zone=Resource(stack, "aws_route53_zone", "private", name="example.com"))
    assert all(synthesize(stack) for stack in stacks)


def test_the_same_reference_in_one_stack_is_one_zone(stack: Stack) -> None:
    zone = Resource(stack, "aws_route53_zone", "private", name="example.com")
    for name in ("api", "again"):
        dns_canary(stack, name, zone=zone)
    with pytest.raises(PlainworkError, match=r"aws_route53_record\.again_stable_a is another A record"):
        synthesize(stack)


def test_records_of_other_groups_are_accepted(stack: Stack) -> None:
    dns_canary(stack)
    record(stack, "other_name", name="www.example.com")
    record(stack, "other_zone", zone_id="Z9876543210ABCDEFGHIJ")
    record(stack, "other_type", type="AAAA", records=["2001:db8::1"])
    synthesize(stack)


@pytest.mark.parametrize(("fqdn", "is_rejected"), [("api.example.com", True), ("green.example.com", False)])
def test_a_health_check_of_the_groups_own_name_is_rejected(stack: Stack, fqdn: str, *, is_rejected: bool) -> None:
    check = Resource(
        stack, "aws_route53_health_check", "green", fqdn=fqdn, type="HTTPS", port=443, resource_path="/healthz"
    )
    dns_canary(stack, health_checks={"stable": CHECK, "canary": check})
    if not is_rejected:
        synthesize(stack)
        return
    with pytest.raises(PlainworkError, match=r"aws_route53_health_check\.green checks api\.example\.com, the name"):
        synthesize(stack)
