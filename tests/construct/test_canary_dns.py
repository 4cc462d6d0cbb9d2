from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Moved, Resource, Stack, synthesize
from plainwork.canary import AliasTarget, RecordTarget
from plainwork.errors import ArgumentsError, PlainworkError
from tests.support.canaries import BLUE_ALIAS, ELB_ZONE, GREEN_ALIAS, LIMITS, NEW, OLD, SERVED, ZONE, dns_canary

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork import App

BOTH = ("A", "AAAA")
CHECK = "01234567-89ab-cdef-0123-456789abcdef"
CHECKED = {"stable": replace(OLD, health_check_id=CHECK), "canary": replace(NEW, health_check_id=f"{CHECK[:-1]}0")}
CLOUDFRONT = AliasTarget("d111111abcdef8.cloudfront.net", "Z2FDTNDATAQYW2", evaluate_target_health=True)


def records(stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"]["aws_route53_record"]
    return found


def record(stack: Stack, id_: str, **arguments: Any) -> Resource:
    given: dict[str, Any] = {
        "zone_id": ZONE,
        "name": "api.example.com",
        "type": "A",
        "ttl": 60,
        "records": ["192.0.2.9"],
    }
    return Resource(stack, "aws_route53_record", id_, **(given | arguments))


def test_the_smallest_use(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    dns_canary(stack)
    assert stack == hcl_snapshot


def test_the_fullest_use(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    canary = dns_canary(
        stack,
        types=BOTH,
        stable=RecordTarget({"A": "192.0.2.1", "AAAA": "2001:db8::1"}, health_check_id=CHECK),
        canary=replace(GREEN_ALIAS, health_check_id=CHECK),
        percent=25,
        ttl=60,
    )
    canary.gate(name="prod-api", **SERVED, **LIMITS)
    Moved(stack, from_="aws_route53_record.api", to=canary.stable["A"])
    assert stack == hcl_snapshot


def test_another_type_changes_nothing_about_the_first(app: App) -> None:
    one, both = Stack(app, "one"), Stack(app, "both")
    aliases = {"stable": BLUE_ALIAS, "canary": GREEN_ALIAS}
    dns_canary(one, **aliases)
    dns_canary(both, types=BOTH, zone_id="Z9876543210ABCDEFGHIJ", **aliases)
    assert set(records(one)) < set(records(both))


def test_the_group_has_one_type_one_ttl_and_an_identifier_for_each_side(stack: Stack) -> None:
    dns_canary(stack)
    made = [records(stack)[f"api_{side}_a"] for side in ("stable", "canary")]
    assert {(each["type"], each["ttl"]) for each in made} == {("A", 60)}
    assert [each["set_identifier"] for each in made] == ["stable", "canary"]


def test_the_stable_side_changes_first(stack: Stack) -> None:
    """So a simple record becomes weighted before there is a second one, and a rollback is never without weight."""
    dns_canary(stack)
    assert records(stack)["api_canary_a"]["depends_on"] == ["aws_route53_record.api_stable_a"]


def test_a_private_zone_has_its_own_canary_of_the_name(stack: Stack) -> None:
    dns_canary(stack, "api_public")
    dns_canary(stack, "api_private", zone_id="Z9876543210ABCDEFGHIJ")
    assert len(records(stack)) == 4


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a zone by its name": ({"zone_id": "example.com"}, "zone_id must be the id of a hosted zone"),
    "a name in capitals": ({"name": "API.example.com"}, "name must be a whole DNS name in lower case"),
    "a name with a dot at its end": ({"name": "api.example.com."}, "name must be a whole DNS name in lower case"),
    "a part of a name": ({"name": "api"}, "name must be a whole DNS name"),
    "a label that is too long": ({"name": f"{'a' * 64}.example.com"}, "name must be a whole DNS name"),
    "no type": ({"types": ()}, "types must be ('A',)"),
    "a type twice": ({"types": ("A", "A")}, "types must be ('A',)"),
    "a type as text": ({"types": "A"}, "types must be ('A',)"),
    "a type that is for no canary": ({"types": ("MX",)}, "types must be ('A',)"),
    "a type that is a list": ({"types": [["A"]]}, "types must be ('A',)"),
    "CNAME beside another type": ({"types": ("A", "CNAME")}, "types must be CNAME alone"),
    "a side as text": ({"canary": "192.0.2.2"}, "canary must be an AliasTarget or a RecordTarget: got '192.0.2.2'"),
    "the same side twice": ({"canary": OLD}, "canary must be another target than stable"),
    "a type without a value": ({"types": BOTH}, "stable values must have one value for each type, A, AAAA"),
    "two values": (
        {"canary": RecordTarget({"A": ["192.0.2.2", "192.0.2.3"]})},  # type: ignore[dict-item]  what is refused
        "canary values['A'] must be one IPv4 address",
    ),
    "a number for an address": (
        {"canary": RecordTarget({"A": 3221225986})},  # type: ignore[dict-item]  what is refused
        "canary values['A'] must be one IPv4 address: got 3221225986",
    ),
    "IPv6 for A": ({"canary": RecordTarget({"A": "2001:db8::1"})}, "canary values['A'] must be one IPv4 address"),
    "IPv4 for AAAA": (
        {"types": ("AAAA",), "stable": BLUE_ALIAS, "canary": RecordTarget({"AAAA": "192.0.2.1"})},
        "canary values['AAAA'] must be one IPv6 address",
    ),
    "an address for CNAME": (
        {
            "types": ("CNAME",),
            "stable": RecordTarget({"CNAME": "a"}),
            "canary": RecordTarget({"CNAME": "b.example.com"}),
        },
        "stable values['CNAME'] must be a whole DNS name",
    ),
    "an alias of a CNAME": (
        {"types": ("CNAME",), "stable": RecordTarget({"CNAME": "a.example.com"}), "canary": GREEN_ALIAS},
        "canary is an alias, whose types are A and AAAA: got CNAME",
    ),
    "an alias in no zone": (
        {"canary": replace(GREEN_ALIAS, zone_id="eu-west-1")},
        "canary zone_id must be the id of a hosted zone",
    ),
    "an alias of a URL": (
        {"canary": replace(GREEN_ALIAS, name="https://green")},
        "canary name must be a whole DNS name",
    ),
    "an alias that does not say whether health counts": (
        {"canary": AliasTarget("a.example.com", ELB_ZONE, evaluate_target_health=None)},  # type: ignore[arg-type]  what is refused
        "canary evaluate_target_health must be True or False: got None",
    ),
    "the health of a distribution": (
        {"canary": CLOUDFRONT},
        "canary evaluate_target_health must be False for a CloudFront distribution",
    ),
    "a health check on one side": (
        {"stable": CHECKED["stable"]},
        "health_check_id must be given on both sides or on neither",
    ),
    "an alias without a name": (
        {"canary": AliasTarget(None, ELB_ZONE, evaluate_target_health=True), "ttl": 60},  # type: ignore[arg-type]  what is refused
        "canary name must be a whole DNS name in lower case, without a dot at its end: got None",
    ),
    "a TTL of aliases": ({"stable": BLUE_ALIAS, "canary": GREEN_ALIAS, "ttl": 60}, "ttl is for a RecordTarget"),
    "a TTL that shifts the shares": (
        {"canary": GREEN_ALIAS, "ttl": 30},
        "ttl must be 60, that of a load balancer's alias",
    ),
    "a TTL that shifts the shares, of a load balancer in capitals": (
        {"canary": replace(GREEN_ALIAS, name="Green-1.eu-west-1.ELB.amazonaws.com"), "ttl": 30},
        "ttl must be 60, that of a load balancer's alias",
    ),
    "a TTL that outlives a health check": (
        CHECKED | {"ttl": 61},
        "ttl with health checks must be a whole number from 0 to 60: got 61",
    ),
    "a TTL below none": ({"ttl": -1}, "ttl must be a whole number from 0 to 2147483647: got -1"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_route_53_would_reject_is_refused(stack: Stack, case: str) -> None:
    arguments, message = REFUSED[case]
    with pytest.raises(ArgumentsError) as refused:
        dns_canary(stack, **arguments)
    assert "DnsCanary 'api': invalid arguments" in str(refused.value)
    assert message in str(refused.value)


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
        {"name": "${var.name}", "zone_id": "${aws_route53_zone.main.zone_id}"},
        {"canary": RecordTarget({"A": "${aws_eip.green.public_ip}"})},
        {"canary": replace(GREEN_ALIAS, name="Green-1.eu-west-1.elb.amazonaws.com")},
        {"canary": AliasTarget("a.example.com", ELB_ZONE, evaluate_target_health="${var.is_watched}")},  # type: ignore[arg-type]  a reference
        {
            "types": ("CNAME",),
            "stable": RecordTarget({"CNAME": "a.example.com"}),
            "canary": RecordTarget({"CNAME": "b.example.com"}),
        },
    ],
)
def test_what_it_takes_is_let_through(stack: Stack, arguments: dict[str, Any]) -> None:
    dns_canary(stack, **arguments)


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
def test_another_record_of_the_group_is_refused(
    app: App, stack: Stack, other: dict[str, Any], *, is_first: bool
) -> None:
    if is_first:
        record(Stack(app, "dns"), "api", **other)
    dns_canary(stack)
    if not is_first:
        record(Stack(app, "dns"), "api", **other)
    with pytest.raises(PlainworkError, match=r"aws_route53_record\.api is another A record of api\.example\.com"):
        synthesize(stack)


def test_two_canaries_of_one_group_are_refused(stack: Stack) -> None:
    dns_canary(stack, "api")
    dns_canary(stack, "again")
    with pytest.raises(PlainworkError, match=r"aws_route53_record\.again_stable_a is another A record"):
        synthesize(stack)


def test_the_same_reference_in_another_stack_is_another_zone(app: App) -> None:
    stacks = [Stack(app, name) for name in ("eu", "us")]
    for stack in stacks:
        dns_canary(stack, zone_id=Resource(stack, "aws_route53_zone", "private", name="example.com")["zone_id"])
    assert all(synthesize(stack) for stack in stacks)


def test_the_same_reference_in_one_stack_is_one_zone(stack: Stack) -> None:
    zone = Resource(stack, "aws_route53_zone", "private", name="example.com")
    for name in ("api", "again"):
        dns_canary(stack, name, zone_id=zone["zone_id"])
    with pytest.raises(PlainworkError, match=r"aws_route53_record\.again_stable_a is another A record"):
        synthesize(stack)


def test_records_beside_the_group_are_let_through(stack: Stack) -> None:
    dns_canary(stack)
    record(stack, "other_name", name="www.example.com")
    record(stack, "other_zone", zone_id="Z9876543210ABCDEFGHIJ")
    record(stack, "other_type", type="AAAA", records=["2001:db8::1"])
    synthesize(stack)


@pytest.mark.parametrize(("fqdn", "is_refused"), [("api.example.com", True), ("green.example.com", False)])
def test_a_health_check_on_the_name_that_it_decides_about_is_refused(
    stack: Stack, fqdn: str, *, is_refused: bool
) -> None:
    check = Resource(
        stack, "aws_route53_health_check", "green", fqdn=fqdn, type="HTTPS", port=443, resource_path="/healthz"
    )
    dns_canary(stack, stable=CHECKED["stable"], canary=replace(NEW, health_check_id=check["id"]))
    if not is_refused:
        synthesize(stack)
        return
    with pytest.raises(PlainworkError, match=r"aws_route53_health_check\.green checks api\.example\.com, the name"):
        synthesize(stack)
