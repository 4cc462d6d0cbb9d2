"""The arguments of the S3 backend as Terraform uses them: what sets each of them, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.doctor.facts import CachedBackend, Origin, Setting
from plainwork_core.doctor.reading.environment import ARGUMENTS, BEFORE
from plainwork_core.hcl.read.bodies import arguments
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.parser import parse
from plainwork_core.model.blocks import Backend
from plainwork_core.model.values import Value

NESTED = ("assume_role", "assume_role_with_web_identity", "endpoints")
"""The arguments that are objects."""

_SHOWN_OPTION = "--backend-config"


def settings_of(
    backend: Backend | None, cached: CachedBackend | None, environ: Mapping[str, str], *, uses_cache: bool
) -> dict[str, Setting]:
    """Return the settings by path, each from the first place that has it.

    Args:
        backend: the block with what `--backend-config` adds.
        cached: what `terraform init` stored.
        environ: the environment.
        uses_cache: whether the cache completes the block.
    """
    found: dict[str, Setting] = {}
    if backend is not None:
        found |= {setting.path: setting for setting in _of_block(backend)}
    if cached is not None and (uses_cache or backend is None):
        for path, value in flat(cached.values):
            found.setdefault(path, Setting(path, value, Origin.CACHE, cached.file))
    for path, names in ARGUMENTS.items():
        name = next((name for name in names if environ.get(name)), "")
        if name and path not in found and BEFORE.get(path) not in found:
            found[path] = Setting(path, environ[name], Origin.ENVIRONMENT, name)
    return found


def flat(values: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    """Yield each argument that is set, by path; those of a nested object under its name."""
    for name, value in values.items():
        members = _members(value) if name in NESTED else None
        if members is not None:
            yield from ((f"{name}.{inner}", member) for inner, member in members.items() if member is not None)
        elif value is not None:
            yield name, value


def _members(value: Value) -> Mapping[str, Value] | None:
    """Return the members of an object, which may be a block in JSON, or text of `-backend-config='endpoints={...}'`."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, str):
        try:
            value = arguments(parse(f"value = {value}\n"), Nowhere())[0]["value"]
        except HclError:
            return None
    return value if isinstance(value, Mapping) else None


def _of_block(backend: Backend) -> Iterator[Setting]:
    for path, value in flat(backend.values):
        is_given = path.partition(".")[0] in backend.given
        location = backend.at(path)
        has_file = location.line > 0 and (not is_given or location != backend.location)
        place = f"{location.file}:{location.line}" if has_file else _SHOWN_OPTION
        yield Setting(path, value, Origin.GIVEN if is_given else Origin.BLOCK, place, location if has_file else None)
