"""Build hooks: the README of a release, and the stubs in the wheel.

The README gets absolute links, which a package index can follow. A release sets `PLAINWORK_SOURCE_URL` to the address
of its tag, for example `https://github.com/OWNER/plainwork/blob/v0.1.0`.
Without it, as in a development build, links stay relative and the metadata has no URLs.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
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


class Stubs(BuildHookInterface):
    """Adds the stubs of `plainwork.types` to the wheel, generated from the newest schema."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the stubs, unless the installation is editable: *version* is its kind."""
        if version == "editable":
            return
        sys.path[:0] = [str(Path(self.root, folder)) for folder in ("core", "constructs")]
        from plainwork.stubs import stubs  # noqa: PLC0415  it is in the source that is being built
        from plainwork_core.schema.versions import SchemaChoice  # noqa: PLC0415

        self._folder = TemporaryDirectory()
        for path, text in stubs(SchemaChoice()):
            file = Path(self._folder.name, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            build_data["force_include"][str(file)] = f"plainwork/types/{path}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002  hatchling's
        """Remove them from the machine."""
        if version != "editable":
            self._folder.cleanup()


def with_absolute_links(text: str, source: str | None) -> str:
    """Return *text* with its relative links below *source*, or unchanged without a *source*."""
    return _RELATIVE_LINK.sub(f"]({source}/", text) if source else text
