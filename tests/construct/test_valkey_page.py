"""The Python of docs/valkey.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from plainwork import Ephemeral, Network, Provider, Resource, Stack, synthesize
from plainwork.valkey import CacheUsageLimits, CacheUser, ValkeyServerless

PAGE = (Path(__file__).parents[2] / "docs" / "valkey.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
CALL, SETUP, SERVERLESS, PASSWORD, EXISTING, GLOBAL = BLOCKS


@pytest.fixture
def names(tmp_path: Path) -> dict[str, Any]:
    """What the page's first call needs, in the page's own words, and a security group and a role."""
    names: dict[str, Any] = {"CacheUsageLimits": CacheUsageLimits, "ValkeyServerless": ValkeyServerless}
    exec(SETUP.replace("App()", f"App({str(tmp_path)!r})"), names)
    names["tasks"] = Resource(names["shop"], "aws_security_group", "tasks", name="tasks")
    names["task_role"] = Resource(names["shop"], "aws_iam_role", "tasks", assume_role_policy="{}")
    return names


def test_the_common_case_has_at_most_eight_lines(names: dict[str, Any]) -> None:
    exec(CALL, names)
    assert len(CALL.splitlines()) <= 8
    assert "aws_iam_role_policy" in synthesize(names["shop"])["resource"]


def test_a_serverless_cache(names: dict[str, Any]) -> None:
    exec(SERVERLESS, names)
    assert names["pages"].endpoint


def test_a_user_with_a_password(names: dict[str, Any]) -> None:
    names |= {"stack": names["shop"], "Ephemeral": Ephemeral, "CacheUser": CacheUser}
    exec(PASSWORD, names)
    exec(CALL.replace("users={", "users={**users, "), names)
    assert names["sessions"].users["legacy"]["user_id"]


def test_an_existing_cache(names: dict[str, Any]) -> None:
    reports = Stack(names["shop"].node.root, "reports")
    Provider(reports, "aws", region="eu-west-1", allowed_account_ids=["123456789012"])
    exec(EXISTING, names | {"reports": reports, "tasks": "sg-0123456789abcdef1", "task_role": "worker"})
    assert set(synthesize(reports)["resource"]) == {"aws_iam_role_policy", "aws_vpc_security_group_egress_rule"}


def test_a_global_datastore(names: dict[str, Any]) -> None:
    names["remote"] = Network(
        "vpc-0123456789abcdef1", {"euc1-az1": "subnet-0a1b2c3d4e5f60011", "euc1-az2": "subnet-0a1b2c3d4e5f60012"}
    )
    arguments = "version" + " ".join(CALL.splitlines()[1:3]).partition("version")[2].removesuffix(",")
    primary, secondary = GLOBAL.split("replica = ")
    exec(primary.replace("...", arguments), names)
    exec("replica = " + secondary.replace("...", arguments.replace("=network", "=remote")), names)
    group = synthesize(names["shop"])["resource"]["aws_elasticache_replication_group"]["replica"]
    assert group["region"] == "eu-central-1"
