"""Records in HCL, short enough to read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

DEFAULTS = {"zone_id": '"Z1"', "name": '"a.example.com"', "type": '"A"', "weight": "1"}


@pytest.fixture
def record() -> Callable[..., str]:
    """`record("x", weight="0", ttl="60")`: a weighted record, or with `weight=None` one that is not."""

    def record(label: str, more: str = "", **arguments: str | None) -> str:
        given = {"set_identifier": f'"{label}"', **DEFAULTS, **arguments}
        weight = given.pop("weight")
        lines = [f"{name} = {value}" for name, value in given.items() if value is not None]
        policy = [] if weight is None else ["weighted_routing_policy {", f"  weight = {weight}", "}"]
        return "\n".join([f'resource "aws_route53_record" "{label}" {{', *lines, *policy, more, "}\n"])

    return record
