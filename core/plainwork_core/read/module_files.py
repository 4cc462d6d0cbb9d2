"""The modules on disk, each of which is parsed once in a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from plainwork_core.errors import InputError

if TYPE_CHECKING:
    from plainwork_core.read.modules import Module


@dataclass
class ModuleFiles:
    """The modules of a run; the files of each are parsed once."""

    _read: dict[str, Module | InputError] = field(default_factory=dict)

    def at(self, directory: Path) -> Module:
        """Return the module in *directory*.

        Raises:
            InputError: there is none, or a file with a syntax error.
        """
        from plainwork_core.read.modules import Module  # noqa: PLC0415  a plan does not need HCL, which is slow to import

        key = str(directory)
        if key not in self._read:
            try:
                self._read[key] = Module.at(directory)
            except InputError as error:
                self._read[key] = error
        found = self._read[key]
        if isinstance(found, InputError):
            raise found
        return found
