"""The address in the `source` argument of a module call.

https://developer.hashicorp.com/terraform/language/modules/sources
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import parse_qs

from plainwork_core.frozen import frozen

Kind = Literal["local", "registry", "git", "mercurial", "archive"]
_FORCED: dict[str, Kind] = {"git": "git", "hg": "mercurial", "s3": "archive", "gcs": "archive"}
_PINS: dict[Kind, str] = {"git": "ref", "mercurial": "rev", "archive": "checksum"}
_GIT_HOST = re.compile(r"(github\.com|bitbucket\.org)/|git@|ssh://|[^?]*\.git(//|\?|$)")
_REGISTRY = re.compile(r"([\w.-]+\.[a-z]+(:\d+)?/)?[\w-]+/[\w-]+/[\w-]+(//.*)?")


@frozen()
class ModuleSource:
    """The address of a module.

    Args:
        kind: a local directory, a registry, a Git or Mercurial repository, or an archive behind a URL.
        pin: the value of the query argument that pins it; `""` if it has none.
    """

    kind: Kind
    pin: str = ""

    @property
    def pin_argument(self) -> str:
        """The query argument that pins it: `ref`, `rev` or `checksum`; `""` for kinds without a query."""
        return _PINS.get(self.kind, "")


def read_source(text: str) -> ModuleSource:
    """Read `source = "<text>"`."""
    if text.startswith(("./", "../", "/")):
        return ModuleSource("local")
    address, _, query = text.partition("?")
    kind = _FORCED.get(address.partition("::")[0]) or _kind(address)
    return ModuleSource(kind, parse_qs(query).get(_PINS.get(kind, ""), [""])[0])


def _kind(address: str) -> Kind:
    if _GIT_HOST.match(address):
        return "git"
    return "registry" if _REGISTRY.fullmatch(address) else "archive"
