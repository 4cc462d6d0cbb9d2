"""A rule is in the table only if `terraform validate` accepts what it rejects."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from plainwork_core.argument_rules.values import types_with_value_rules, value_rules
from plainwork_core.schema import BlockSchema, load
from tests.support.terraform import REQUIREMENTS

if TYPE_CHECKING:
    from pathlib import Path

    from plainwork_core.argument_rules.values import ValueRule
    from tests.support.terraform import Terraform

DECODING_ERRORS = ("no definition was found", "Unsupported", "Insufficient", "Too many", "Incorrect attribute")
CANDIDATES = ("get", "a b", "a..b", "70", "10.0.0.0/29", "-", "Größe", "\u2013")


def wrong(rule: ValueRule) -> str | int:
    """A value that *rule* rejects."""
    if rule.min is not None:
        return rule.min - 1 if rule.max is None or rule.min <= 0 else rule.max + 1
    if rule.max_length:
        return "a" * (rule.max_length + 1)
    return next(
        value for value in CANDIDATES if value not in rule.enum and not re.fullmatch(rule.pattern or "x", value)
    )


def some_value(type_: Any) -> Any:
    match type_:
        case "string" | "dynamic":
            return "x"
        case "number":
            return 1
        case "bool":
            return True
        case ["list" | "set", member]:
            return [some_value(member)]
        case ["object", members]:
            return {name: some_value(member) for name, member in members.items()}
    return {}


def block(schema: BlockSchema, path: list[str], value: Any) -> dict[str, Any]:
    """A block with what is required, and *value* at *path*."""
    name, *rest = path or [""]
    body = {key: some_value(one.type) for key, one in schema.attributes.items() if one.required}
    for key, nested in schema.blocks.items():
        if key == name or nested.min_items:
            body[key] = [block(nested.block, rest if key == name else [], value)]
    if name in schema.attributes:
        type_ = schema.attributes[name].type
        body[name] = (
            [some_value(type_[1]) | {rest[0]: value}] if rest else [value] if type_[0] in ("list", "set") else value
        )
    return body


def test_terraform_validate_accepts_each_value_that_a_rule_rejects(terraform: Terraform, tmp_path: Path) -> None:
    rules = [(type_, path) for type_ in types_with_value_rules() for path in value_rules(type_)]
    resources: dict[str, dict[str, Any]] = {}
    for number, (type_, path) in enumerate(rules):
        schema = load().block("resource", type_)
        assert schema is not None
        body = block(schema, path.split("."), wrong(value_rules(type_)[path]))
        resources.setdefault(type_, {})[f"r{number}"] = body
    resources["aws_efs_file_system"]["control"] = {"performance_mode": "x"}
    terraform.link(tmp_path)
    (tmp_path / "versions.tf").write_text(REQUIREMENTS)
    (tmp_path / "main.tf.json").write_text(json.dumps({"resource": resources}))
    answer = json.loads(terraform.outcome(tmp_path, "validate", "-json", expect=(0, 1)).stdout)
    said = [(one.get("address"), f"{one['summary']} {one['detail']}") for one in answer["diagnostics"]]
    checked_by_the_provider = [
        (type_, path)
        for number, (type_, path) in enumerate(rules)
        if any(address == f"{type_}.r{number}" and path.rpartition(".")[2] in text for address, text in said)
    ]
    assert "expected performance_mode to be one of" in dict(said)["aws_efs_file_system.control"]
    unread = [text for _, text in said if any(error in text for error in DECODING_ERRORS)]
    assert not unread, "the provider did not see the resource"
    assert checked_by_the_provider == []
