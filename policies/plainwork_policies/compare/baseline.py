"""The file that `plainwork baseline` writes: JSON with one line for each finding, sorted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from plainwork_core import __version__
from plainwork_core.errors import InputError
from plainwork_core.files import write_files
from plainwork_policies.compare.base import Base
from plainwork_policies.compare.saved import finding_of
from plainwork_policies.engine.comparison import BaseFinding

FILE = "plainwork-baseline.json"
_VERSION = "baseline_version"
_SUPPORTED = 1


def is_baseline(document: Any) -> bool:
    """Return whether *document* is the content of a baseline."""
    return isinstance(document, Mapping) and _VERSION in document


def base_of_baseline(document: Mapping[str, Any], file: str) -> Base:
    """Return the baseline *document*, read from *file*, as a base.

    Raises:
        InputError: it is damaged, or of another version.
    """
    if document[_VERSION] != _SUPPORTED:
        raise InputError(
            f"{file}: `{_VERSION}` is {document[_VERSION]!r}, and this plainwork reads {_SUPPORTED}; "
            "use the plainwork that wrote it, or run `plainwork baseline`"
        )
    try:
        stacks: dict[str, set[str]] = {}
        for path, address in document["checked"]:
            stacks.setdefault(str(path), set()).add(str(address))
        return Base(
            file,
            tuple(map(finding_of, document["findings"])),
            {path: frozenset(addresses) for path, addresses in stacks.items()},
            frozenset(map(str, document["policies"])),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"{file}: damaged baseline: {type(error).__name__}: {error}; restore it, or run `plainwork baseline`"
        ) from error


def read(file: Path) -> Base:
    """Read a baseline.

    Raises:
        InputError: it does not exist, is none, or is damaged.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{file}: cannot be read as a baseline: {error}; restore it, or remove it") from error
    if not is_baseline(document):
        raise InputError(f"{file}: not a baseline; choose another --output")
    return base_of_baseline(document, str(file))


def write(base: Base, file: Path) -> None:
    """Write *base* to *file*, whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """
    write_files({file: text(base)})


def text(base: Base) -> str:
    """Return the content of the file."""
    checked = sorted((path, address) for path, addresses in base.stacks.items() for address in addresses)
    parts = {
        _VERSION: str(_SUPPORTED),
        "plainwork_version": json.dumps(__version__),
        "findings": _lines(asdict(finding) for finding in sorted(base.findings, key=_order)),
        "checked": _lines(map(list, checked)),
        "policies": _lines(sorted(base.policies)),
    }
    return "{\n" + ",\n".join(f'"{name}": {content}' for name, content in parts.items()) + "\n}\n"


def updated(base: Base, now: Base) -> Base:
    """Return the baseline *base* with the findings in *now* of the policies that it does not know."""
    added = tuple(finding for finding in now.findings if finding.policy not in base.policies)
    return replace(base, findings=(*base.findings, *added), policies=base.policies | now.policies)


def _lines(members: Iterable[Any]) -> str:
    lines = [json.dumps(member, ensure_ascii=False, sort_keys=False) for member in members]
    return "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"


def _order(finding: BaseFinding) -> tuple[str, ...]:
    value = json.dumps(finding.value, sort_keys=True, default=str)
    return finding.stack, finding.address, finding.policy, finding.argument, value, finding.message
