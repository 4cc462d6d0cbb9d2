"""The modules that `terraform init` installs below the directory of a root module, and lists in a manifest."""

from __future__ import annotations

import json
from pathlib import Path

from plainwork_core.frozen import frozen
from plainwork_core.observed import observe

INSTALLED = (".terraform", "modules")
_MANIFEST = "modules.json"


@frozen()
class InstalledModule:
    """One module of the manifest.

    Attributes:
        key: the names of the calls that lead to it, joined by dots.
        source: as its call has it, in full.
        version: of a module of a registry; `""` for others.
        directory: relative to that of the root module.
    """

    key: str
    source: str
    version: str
    directory: str


def installed_modules(root: Path) -> tuple[InstalledModule, ...]:
    """Return the modules that are installed in the directory *root* of a root module; none if it has no manifest."""
    manifest = root.joinpath(*INSTALLED, _MANIFEST)
    observe(manifest)
    try:
        modules = json.loads(manifest.read_text(encoding="utf-8"))["Modules"]
        return tuple(
            InstalledModule(str(module["Key"]), module["Source"], module.get("Version", ""), str(module["Dir"]))
            for module in modules
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()
