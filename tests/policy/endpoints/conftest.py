"""VPC endpoints in HCL, short enough to read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

DEFAULTS = {"vpc_id": '"vpc-1"', "service_name": "ssm", "vpc_endpoint_type": '"Interface"'}


@pytest.fixture
def endpoint() -> Callable[..., str]:
    """`endpoint("x", service_name="s3", subnet_ids='["subnet-1"]')`: a service by its last part, or in quotes."""

    def endpoint(label: str = "x", more: str = "", **arguments: str | None) -> str:
        given = {**DEFAULTS, **arguments}
        service = given["service_name"] or ""
        if service.replace("-", "").replace(".", "").isalnum() and not service.startswith(("var.", "data.", "each.")):
            given["service_name"] = f'"com.amazonaws.eu-west-1.{service}"'
        lines = [f"  {name} = {value}" for name, value in given.items() if value is not None]
        return "\n".join([f'resource "aws_vpc_endpoint" "{label}" {{', *lines, more, "}\n"])

    return endpoint
