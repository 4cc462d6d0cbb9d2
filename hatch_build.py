"""Build hook: gives the README of a release absolute links, which a package index can follow.

A release sets `PLAINWORK_SOURCE_URL` to the address of its tag, for example `https://github.com/OWNER/plainwork/blob/v0.1.0`.
Without it, as in a development build, links stay relative and the metadata has no URLs.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

VARIABLE = "PLAINWORK_SOURCE_URL"
_RELATIVE_LINK = re.compile(r"\]\((?!https?:|#)")


class ReleaseMetadata(MetadataHookInterface):
    """Sets `readme` and `urls`."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Complete *metadata*, the `[project]` table."""
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        source = os.environ.get(VARIABLE)
        metadata["readme"] = {"content-type": "text/markdown", "text": with_absolute_links(text, source)}
        metadata["urls"] = {"Source": source, "Changelog": f"{source}/CHANGELOG.md"} if source else {}


def with_absolute_links(text: str, source: str | None) -> str:
    """Return *text* with its relative links below *source*, or unchanged without a *source*."""
    return _RELATIVE_LINK.sub(f"]({source}/", text) if source else text
