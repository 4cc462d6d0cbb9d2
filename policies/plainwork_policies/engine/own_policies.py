"""Loads the policies of a team: the Python files of a folder, or of a package, that the settings name.

A folder is imported under a name of its own, so that two folders never meet in `sys.modules`, and a file may import
another one with `from . import _names`. Whatever prevents the import of a policy is an `InputError` with file and line.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_policies.engine.path_glob import PathGlob
from plainwork_policies.engine.policy import RESERVED, Policy
from plainwork_policies.engine.registry import PolicyEntry, entries
from plainwork_policies.engine.retired import RETIRED

_SETTINGS = "settings"
_LIBRARIES = ("plainwork_policies", "plainwork_core", "plainwork_cli", "importlib")


@frozen()
class OwnPolicies:
    """The own policies of one folder or package.

    Args:
        package: the name under which it is imported.
        folder: with the files.
    """

    package: str
    folder: Path

    def policies(self) -> tuple[Policy, ...]:
        """Import the policies, by file and id.

        Raises:
            InputError: a file cannot be imported, or has no policy.
        """
        return _policies(self)

    @property
    def glob(self) -> PathGlob:
        """The glob of the folder, whose examples are not a part of the code that a run checks."""
        return PathGlob(f"./{self.folder.name}", self.folder.parent)

    def settings(self) -> Any:
        """Return the class of the settings table, `SETTINGS` in the file `settings.py`; `None` without that file."""
        if not (self.folder / f"{_SETTINGS}.py").is_file():
            return None
        module = _imported(f"{self.package}.{_SETTINGS}", self.folder / f"{_SETTINGS}.py")
        if not hasattr(module, "SETTINGS"):
            raise InputError(f"{self.folder / _SETTINGS}.py: has no `SETTINGS`; assign the class of the table to it")
        return module.SETTINGS


def source(name: str, directory: Path) -> OwnPolicies:
    """Return the own policies that *name* names: a folder relative to *directory*, or an importable package.

    Raises:
        InputError: it does not exist.
    """
    folder = (directory / name).resolve()
    if folder.is_dir():
        return OwnPolicies(_package_of(folder), folder)
    if name.replace(".", "").replace("_", "").isalnum() and not name.startswith("."):
        return _package(name)
    raise InputError(f"`own_policies` has {name!r}, but the folder {folder} does not exist")


def available(sources: Iterable[OwnPolicies]) -> tuple[PolicyEntry | Policy, ...]:
    """Return the built-in policies and those of *sources*.

    Raises:
        InputError: a policy cannot be imported, or has the id or the slug of another one.
    """
    own = [policy for source in sources for policy in source.policies()]
    _check_names(own)
    return (*entries(), *own)


def line_of_error(error: BaseException) -> str:
    """Return file and line of *error* in the code of a user, such as `policies/queues.py:12`; `""` if it has none."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{_shown(error.filename)}:{error.lineno or 1}"
    found = [frame for frame in _frames(error.__traceback__) if not _is_of_library(frame.tb_frame.f_globals)]
    return f"{_shown(found[-1].tb_frame.f_code.co_filename)}:{found[-1].tb_lineno}" if found else ""


@cache
def _package_of(folder: Path) -> str:
    """Return the name of the package for *folder*, which is registered so that its files can be imported."""
    name = f"own_policies_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    sys.modules[name] = module_from_spec(spec)
    return name


def _package(name: str) -> OwnPolicies:
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        spec = None
    locations = list(spec.submodule_search_locations or ()) if spec else []
    if not locations:
        raise InputError(f"`own_policies` has {name!r}, which is neither a folder nor an installed package")
    return OwnPolicies(name, Path(locations[0]))


@cache
def _policies(of: OwnPolicies) -> tuple[Policy, ...]:
    files = [
        file for file in sorted(of.folder.glob("*.py")) if not file.name.startswith("_") and file.stem != _SETTINGS
    ]
    if not files:
        raise InputError(f"{of.folder}: has no policies; `plainwork policies new NAME` creates one")
    found = [policy for file in files for policy in _of_file(of, file)]
    return tuple(found)


def _of_file(of: OwnPolicies, file: Path) -> Sequence[Policy]:
    name = f"{of.package}.{file.stem}"
    values = vars(_imported(name, file)).values()
    found = [value for value in values if isinstance(value, Policy) and value.module == name]
    if not found:
        raise InputError(f"{_shown(file)}: has no policy; begin the name of a file that only helps others with `_`")
    if reserved := next((policy for policy in found if policy.id.startswith(RESERVED)), None):
        raise InputError(f"{_shown(file)}: {reserved.id} begins with `{RESERVED}`, which is for built-in policies")
    return sorted(found, key=lambda policy: policy.id)


def _imported(name: str, file: Path) -> ModuleType:
    try:
        return import_module(name)
    except (Exception, SystemExit, NotEvaluated) as error:  # noqa: BLE001  the code is that of a user
        place = line_of_error(error) or _shown(file)
        message = error.msg if isinstance(error, SyntaxError) else str(error)
        raise InputError(f"{place}: the policy cannot be loaded: {type(error).__name__}: {message}") from None


def _check_names(own: Iterable[Policy]) -> None:
    """Check that no policy has the name of another one, in any case."""
    owners: dict[str, str] = {name.casefold(): "a built-in policy" for policy in entries() for name in policy.names}
    owners |= {name.casefold(): "a retired policy" for old in RETIRED for name in old.names}
    for policy in own:
        file = _shown(sys.modules[policy.module].__file__ or policy.module)
        for name in policy.names:
            if other := owners.get(name.casefold()):
                raise InputError(f"{file}: `{name}` of {policy.id} is also the name of {other}; change one of them")
            owners[name.casefold()] = f"{policy.id} in {file}"


def _frames(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _is_of_library(names: dict[str, Any]) -> bool:
    return str(names.get("__name__")).partition(".")[0] in _LIBRARIES or "importlib" in str(names.get("__name__"))


def _shown(file: Path | str) -> str:
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
