"""Plans of a change of each argument of resource types, for `tools/replacing_arguments.py`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.plan_fixtures import offline_environment

_PROVIDER = """
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "%s"
    }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

"""
_UNKNOWN = "jsondecode(timestamp())"
_ADDRESS = re.compile(r'(aws_\w+)(?:\.probe\b|" "probe")')
_INVALID = re.compile(r"Path: (\S+)\s.*?Valid Values: \[(\S+?)[\s\]]", re.DOTALL)
_WRONG_FORM = re.compile(r"Path: (\S+)\s", re.DOTALL)
_NOT_PARSED = re.compile(r"parsing (?:old|new) (\w+): ")
_INDEX = re.compile(r"\[[^\]]*\]")
_FORMS = {
    "parsed as an ARN": "arn:aws:iam::123456789012:role/probe",
    "JSON": "{}",
    "RFC3339": "2030-01-01T00:00:00Z",
    "ddd:hh24:mi": "mon:10:00-mon:14:00",
}
"""Values of the forms that error messages name."""
_BATCH = 150
_TRIES = 6
Schemas = Mapping[str, Mapping[str, Any]]


class Plans:
    """Plans of changes.

    Args:
        folder: a directory for them.
        version: of the provider.
        schemas: of the resource types.
        stored: the number and the bool in the state.
    """

    def __init__(self, folder: Path, version: str, schemas: Schemas, stored: tuple[int, bool]) -> None:
        self._folder, self._schemas, self._stored_plain = folder, schemas, stored
        self._head = _PROVIDER % version
        self._values: dict[str, dict[str, str]] = defaultdict(dict)
        self._single: set[str] = set()
        self._omitted: dict[str, set[str]] = defaultdict(set)
        (self._folder / "main.tf").write_text(self._head, encoding="utf-8")
        self._run("init", "-input=false")

    def replacing(self, types: list[str]) -> Iterator[tuple[str, set[str]]]:
        """Yield each of *types* that can be planned, with the arguments that force a replacement."""
        for start in range(0, len(types), _BATCH):
            yield from self._planned(types[start : start + _BATCH], _TRIES)
            print(f"{start + _BATCH} of {len(types)} types", file=sys.stderr)

    def _planned(self, types: list[str], tries: int) -> Iterator[tuple[str, set[str]]]:
        while types and tries:
            errors = self._errors(types)
            if not errors:
                yield from self._changes()
                return
            crashed = [type_ for type_ in types if any(map(_is_crash, errors.get(type_, ())))]
            if crashed or "" in errors:
                yield from self._halves(types, errors, tries)
                return
            kept = [type_ for type_ in types if type_ not in errors or self._corrected(type_, errors[type_])]
            tries -= kept == types
            types = kept

    def _halves(self, types: list[str], errors: Mapping[str, list[str]], tries: int) -> Iterator[tuple[str, set[str]]]:
        """Plan *types* without the one that makes the provider crash."""
        running = [type_ for type_ in types if any("did not respond" in text for text in errors.get(type_, ()))]
        others = [type_ for type_ in types if type_ not in running]
        if len(types) == 1:
            return
        if not running or not others:
            running, others = types[: len(types) // 2], types[len(types) // 2 :]
        yield from self._planned(others, tries)
        yield from self._planned(running, tries)

    def _corrected(self, type_: str, errors: Sequence[str]) -> bool:
        """Take other values for what *errors* say, and return whether there is something to try."""
        before = (dict(self._values[type_]), type_ in self._single, set(self._omitted[type_]))
        for text in errors:
            if found := _NOT_PARSED.search(text):
                self._omitted[type_].add(found[1])
            elif found := _INVALID.search(text):
                self._values[type_][_INDEX.sub("", found[1])] = found[2]
            elif form := next((value for name, value in _FORMS.items() if name in text), None):
                path = found[1] if (found := _WRONG_FORM.search(text)) else "*"
                self._values[type_][_INDEX.sub("", path)] = form
            elif mentioned := self._mentioned(type_, text) - self._omitted[type_]:
                self._omitted[type_] |= mentioned
            else:
                self._single.add(type_)
        return before != (self._values[type_], type_ in self._single, self._omitted[type_])

    def _mentioned(self, type_: str, text: str) -> set[str]:
        """Return the optional nested blocks that an error names."""
        words = text.lower().replace(" ", "_")
        nested = _nested(self._schemas[type_]["block"])
        return {name for name, block in nested if name in words and not block.get("min_items")}

    def _errors(self, types: Sequence[str]) -> dict[str, list[str]]:
        """Plan *types*, and return the errors by type; `""` for those without one."""
        resources = [line for type_ in types for line in self._resource(type_)]
        (self._folder / "main.tf").write_text("\n".join((self._head, *resources)), encoding="utf-8")
        (self._folder / "terraform.tfstate").write_text(json.dumps(self._state(types)), encoding="utf-8")
        log = self._run("plan", "-json", "-lock=false", "-refresh=false", "-input=false", "-out=plan.bin")
        found: dict[str, list[str]] = defaultdict(list)
        for message in map(json.loads, log.splitlines()):
            if message.get("@level") == "error":
                address = _ADDRESS.search(json.dumps(message["diagnostic"]).replace('\\"', '"'))
                text = f"{message['@message']} {message['diagnostic'].get('detail')}"
                found[address[1] if address else ""].append(text)
        return found

    def _changes(self) -> Iterator[tuple[str, set[str]]]:
        plan = json.loads(self._run("show", "-json", "plan.bin"))
        for change in plan["resource_changes"]:
            paths = change["change"].get("replace_paths", ())
            yield change["type"], {".".join(step for step in path if isinstance(step, str)) for path in paths}

    def _resource(self, type_: str) -> Iterator[str]:
        yield f'resource "{type_}" "probe" {{'
        yield from self._arguments(self._schemas[type_]["block"], type_)
        yield "}"

    def _arguments(self, block: Mapping[str, Any], type_: str) -> Iterator[str]:
        for name, attribute in block.get("attributes", {}).items():
            is_set = attribute.get("optional") and name not in self._omitted[type_] | {"id"}
            if attribute.get("required") or is_set:
                yield f"{name} = {_UNKNOWN}"
        for name, nested in _nested(block):
            if nested.get("min_items") or self._has_block(type_, name):
                yield f"{name} {{"
                yield from self._arguments(nested["block"], type_)
                yield "}"

    def _state(self, types: Sequence[str]) -> dict[str, Any]:
        blocks = [
            {
                "mode": "managed",
                "type": type_,
                "name": "probe",
                "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
                "instances": [{"schema_version": self._schemas[type_]["version"], "attributes": self._stored(type_)}],
            }
            for type_ in types
        ]
        return {"version": 4, "terraform_version": "1.5.0", "serial": 1, "lineage": "probe", "resources": blocks}

    def _stored(self, type_: str) -> dict[str, Any]:
        return self._stored_block(self._schemas[type_]["block"], type_, "") | {"id": "probe"}

    def _stored_block(self, block: Mapping[str, Any], type_: str, path: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, attribute in block.get("attributes", {}).items():
            is_optional = attribute.get("optional") and name not in self._omitted[type_]
            is_stored = attribute.get("required") or is_optional
            value = self._value(attribute["type"], type_, f"{path}{name}") if is_stored else None
            values[name] = None if attribute.get("write_only") else value
        for name, nested in block.get("block_types", {}).items():
            is_list = nested["nesting_mode"] in ("list", "set")
            is_stored = name != "timeouts" and (nested.get("min_items") or self._has_block(type_, name))
            if is_stored:
                inner = self._stored_block(nested["block"], type_, f"{path}{name}.")
                values[name] = [inner] if is_list else inner
            else:
                values[name] = [] if is_list else None
        return values

    def _has_block(self, type_: str, name: str) -> bool:
        return type_ not in self._single and name not in self._omitted[type_]

    def _value(self, type_: Any, of: str, path: str) -> Any:
        if isinstance(type_, str):
            own = self._values[of].get(path) or self._values[of].get("*") or "a"
            number, boolean = self._stored_plain
            return {"string": own, "number": number, "bool": boolean}.get(type_, own)
        kind, inner = type_
        if kind == "object":
            return {name: self._value(member, of, f"{path}.{name}") for name, member in inner.items()}
        value = self._value(inner, of, path)
        return {"a": value} if kind == "map" else [value]

    def _run(self, *command: str) -> str:
        terraform_ = ["terraform", f"-chdir={self._folder}", *command]
        return subprocess.run(terraform_, env=offline_environment(), capture_output=True, text=True, check=False).stdout


def _nested(block: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((name, nested) for name, nested in block.get("block_types", {}).items() if name != "timeouts")


def _is_crash(text: str) -> bool:
    return any(words in text for words in ("did not respond", "request was cancelled", "failed to respond"))
