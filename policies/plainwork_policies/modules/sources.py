"""Where a module comes from.

https://developer.hashicorp.com/terraform/language/modules/sources
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs

Kind = Literal["local", "registry", "git", "mercurial", "archive"]
_FORCED: dict[str, Kind] = {"git": "git", "hg": "mercurial", "s3": "archive", "gcs": "archive"}
_GIT_HOST = re.compile(r"(github\.com|bitbucket\.org)/|git@|ssh://|[^?]*\.git(//|\?|$)")
_REGISTRY = re.compile(r"([\w.-]+\.[a-z]+(:\d+)?/)?[\w-]+/[\w-]+/[\w-]+(//.*)?")


@dataclass(frozen=True)
class Source:
    """A module's `source`: its kind, and what its query pins (`ref=`, `rev=`, `checksum=`), `""` for nothing."""

    kind: Kind
    pin: str = ""


def read_source(text: str) -> Source:
    """Tell where `source = "<text>"` points."""
    if text.startswith(("./", "../", "/")):
        return Source("local")
    address, _, query = text.partition("?")
    said = {name: values[0] for name, values in parse_qs(query).items()}
    kind = _FORCED.get(address.partition("::")[0]) or _kind(address)
    argument = {"git": "ref", "mercurial": "rev"}.get(kind, "checksum")
    return Source(kind, said.get(argument, ""))


def _kind(address: str) -> Kind:
    if _GIT_HOST.match(address):
        return "git"
    return "registry" if _REGISTRY.fullmatch(address) else "archive"
