"""The `terraform` blocks of a document: what the stack requires, its backend, and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.hcl.write.blocks import bodies
from plainwork_core.python_source.elements import COMMENT

_PLAIN_PROVIDER = "hashicorp/{}"


@frozen(slots=True)
class Settings:
    """What the `terraform` blocks have.

    Attributes:
        required_version: all constraints on Terraform; `""` for none.
        required_providers: source and version by local name.
        backends: the arguments of the backend by its type; one, or none.
        others: everything else by name, such as `cloud`.
    """

    required_version: str
    required_providers: Mapping[str, Mapping[str, str]]
    backends: Mapping[str, Mapping[str, Any]]
    others: Mapping[str, Any]


def settings(document: Mapping[str, Any]) -> Settings:
    """Return the settings of a document."""
    versions: list[str] = []
    providers: dict[str, dict[str, str]] = {}
    backends: dict[str, Mapping[str, Any]] = {}
    others: dict[str, Any] = {}
    for block in (body for _, body in bodies(document.get("terraform"), 0, "terraform")):
        versions += [block["required_version"]] if block.get("required_version") else []
        for _, required in bodies(block.get("required_providers"), 0, "required_providers"):
            for name, entry in required.items():
                if name != COMMENT:
                    providers.setdefault(name, {}).update(_requirement(name, entry))
        backends |= {labels[0]: _arguments(body) for labels, body in bodies(block.get("backend"), 1, "backend")}
        others |= {name: value for name, value in block.items() if name not in _KNOWN}
    for labels, body in bodies(document.get("provider"), 1, "provider"):
        _add_version(providers, labels[0], body.get("version"))
    return Settings(", ".join(dict.fromkeys(versions)), providers, backends, others)


_KNOWN = {"required_version", "required_providers", "backend", COMMENT}


def short_requirement(name: str, entry: Mapping[str, str]) -> str | Mapping[str, str]:
    """Return the version constraint alone for a provider of `hashicorp`."""
    is_short = entry.keys() == {"source", "version"} and entry["source"] == _PLAIN_PROVIDER.format(name)
    return entry["version"] if is_short else entry


def _requirement(name: str, entry: Any) -> dict[str, str]:
    given = dict(entry) if isinstance(entry, Mapping) else {"version": entry}
    return {"source": _PLAIN_PROVIDER.format(name), **given}


def _add_version(providers: dict[str, dict[str, str]], name: str, version: Any) -> None:
    """Add the constraint of a provider block, the old place of it: both apply."""
    entry = providers.setdefault(name, {"source": _PLAIN_PROVIDER.format(name)})
    known = entry.get("version")
    if version and version != known:
        entry["version"] = f"{known}, {version}" if known else version


def _arguments(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != COMMENT}
