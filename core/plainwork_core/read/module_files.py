"""The modules on disk, each of which is parsed once in a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from plainwork_core.errors import InputError
from plainwork_core.observed import Observed, is_observing, observe_again, observed_within

if TYPE_CHECKING:
    from plainwork_core.read.modules import Module


@dataclass
class ModuleFiles:
    """The modules of a run; the files of each are parsed once."""

    _read: dict[tuple[str, bool], tuple[Module | InputError, Observed]] = field(default_factory=dict)

    def at(self, directory: Path) -> Module:
        """Return the module in *directory*.

        Raises:
            InputError: there is none, or a file with a syntax error.
        """
        key = str(directory), is_observing()
        if key not in self._read:
            with observed_within() as observed:
                found = _module_or_error(directory)
            self._read[key] = found, observed
        found, observed = self._read[key]
        observe_again(observed)
        if isinstance(found, InputError):
            raise found
        return found


def _module_or_error(directory: Path) -> Module | InputError:
    from plainwork_core.read.modules import Module  # noqa: PLC0415  a plan does not need HCL, which is slow to import

    try:
        return Module.at(directory)
    except InputError as error:
        return error
