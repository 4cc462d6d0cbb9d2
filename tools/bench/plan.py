"""A plan as large as wanted, in the form `terraform show -json` writes: buckets with tags, half of them in a module."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_TYPE = "aws_s3_bucket"
_PROVIDER = "registry.terraform.io/hashicorp/aws"
_MODULE = "module.archive"


def write_plan(file: Path, resources: int) -> None:
    """Write a plan that creates *resources* buckets to *file*, on one line as Terraform does."""
    addresses = [(_address(number), number) for number in range(resources)]
    planned = [_planned(address, number) for address, number in addresses]
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {
            "root_module": {
                "resources": planned[::2],
                "child_modules": [{"address": _MODULE, "resources": planned[1::2]}],
            }
        },
        "resource_changes": [_change(address, number) for address, number in addresses],
        "configuration": _configuration(resources),
    }
    file.write_text(json.dumps(plan), encoding="utf-8")


def _address(number: int) -> str:
    return f"{_MODULE}.{_TYPE}.logs_{number}" if number % 2 else f"{_TYPE}.logs_{number}"


def _values(number: int) -> dict[str, Any]:
    tags = {"Owner": "platform", "Environment": "prod"}
    return {"bucket": f"logs-{number}", "force_destroy": False, "tags": tags, "tags_all": tags, "timeouts": None}


def _head(address: str, number: int) -> dict[str, Any]:
    name = f"logs_{number}"
    return {"address": address, "mode": "managed", "type": _TYPE, "name": name, "provider_name": _PROVIDER}


def _planned(address: str, number: int) -> dict[str, Any]:
    return {**_head(address, number), "schema_version": 0, "values": _values(number), "sensitive_values": {}}


def _change(address: str, number: int) -> dict[str, Any]:
    change = {
        "actions": ["create"],
        "before": None,
        "after": _values(number),
        "after_unknown": {"arn": True, "id": True, "region": True},
        "before_sensitive": False,
        "after_sensitive": {},
    }
    return {**_head(address, number), "change": change}


def _configuration(resources: int) -> dict[str, Any]:
    blocks = [
        {
            "address": f"{_TYPE}.logs_{number}",
            "mode": "managed",
            "type": _TYPE,
            "name": f"logs_{number}",
            "provider_config_key": "aws",
            "expressions": {"bucket": {"constant_value": f"logs-{number}"}},
            "schema_version": 0,
        }
        for number in range(resources)
    ]
    provider = {"name": "aws", "full_name": _PROVIDER, "expressions": {"region": {"constant_value": "eu-west-1"}}}
    archive = {"source": "./archive", "module": {"resources": blocks[1::2]}}
    return {
        "provider_config": {"aws": provider},
        "root_module": {"resources": blocks[::2], "module_calls": {"archive": archive}},
    }
