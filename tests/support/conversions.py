"""What Terraform converts to which type, and what not; `tests/terraform/test_conversions.py` asks Terraform itself."""

from __future__ import annotations

from typing import Any

JSON_TYPES: dict[str, Any] = {
    "string": "string",
    "number": "number",
    "bool": "bool",
    "list(string)": ["list", "string"],
    "list(number)": ["list", "number"],
    "list(list(string))": ["list", ["list", "string"]],
    "set(string)": ["set", "string"],
    "map(string)": ["map", "string"],
    "map(bool)": ["map", "bool"],
    "object({ a = string })": ["object", {"a": "string"}, []],
    "object({ a = optional(string) })": ["object", {"a": "string"}, ["a"]],
}
"""Terraform's spelling of a type, and the JSON spelling of its schemas."""

ACCEPTED: list[tuple[str, Any]] = [
    *(("bool", value) for value in (True, "true", "false", "1", "0")),
    *(("number", value) for value in (1, 1.5, "1", "1.5", "1e3", "+1", ".5", "1.", "-1", "1E+3")),
    *(("string", value) for value in ("a", "", 1, 1.5, True)),
    *(("list(string)", value) for value in (["a", 1, True], [])),
    *(("set(string)", value) for value in (["a", "a"], [1])),
    *(("map(string)", value) for value in ({"a": 1}, {})),
    ("list(number)", ["1"]),
    ("list(list(string))", [["a"], ["b", 1]]),
    ("map(bool)", {"a": "true"}),
    ("object({ a = string })", {"a": 1}),
    ("object({ a = optional(string) })", {}),
]
REJECTED: list[tuple[str, Any]] = [
    *(("bool", value) for value in ("True", "FALSE", "yes", "2", "", 1, 0, ["true"])),
    *(("number", value) for value in ("", "abc", "0x10", "1_000", " 1", True, [1])),
    *(("string", value) for value in (["a"], {"a": 1})),
    *(("list(string)", value) for value in ("a", {"a": "b"}, [["a"]])),
    *(("map(string)", value) for value in ("a", ["a"], {"a": ["b"]})),
    *(("list(number)", value) for value in (["a"], [True])),
    ("set(string)", "a"),
    ("list(list(string))", ["a"]),
    ("map(bool)", {"a": 1}),
    ("object({ a = string })", {}),
    ("object({ a = string })", ["a"]),
]
