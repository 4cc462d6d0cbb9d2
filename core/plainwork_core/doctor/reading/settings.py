"""The arguments of the S3 backend as Terraform uses them: what sets each of them, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.doctor.differences import differences
from plainwork_core.doctor.facts import CachedBackend
from plainwork_core.doctor.reading.environment import ARGUMENTS, BEFORE
from plainwork_core.doctor.settings import NESTED, Origin, Setting, flat
from plainwork_core.hcl.read.bodies import arguments
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.parser import parse
from plainwork_core.model.blocks import Backend
from plainwork_core.model.values import Value

_OPTION = "--backend-config"


def configured_of(backend: Backend) -> dict[str, Setting]:
    """Return the arguments of the block, with what `--backend-config` adds, by path."""
    return {setting.path: setting for setting in _of_block(backend)}


def settings_of(
    configured: Mapping[str, Setting], cached: CachedBackend | None, environ: Mapping[str, str]
) -> dict[str, Setting]:
    """Return the arguments as Terraform uses them, by path.

    A run without `-backend-config` uses the cached backend, if the block has nothing that differs from it: what an
    earlier `-backend-config` added remains. The environment sets what nothing else sets.
    """
    found = dict(configured)
    if cached is not None and _is_used(cached, configured):
        for path, value in flat(cached.values):
            found.setdefault(path, Setting(path, value, Origin.CACHE, cached.file))
    for path, names in ARGUMENTS.items():
        name = next((name for name in names if environ.get(name)), "")
        if name and path not in found and BEFORE.get(path) not in found:
            found[path] = Setting(path, environ[name], Origin.ENVIRONMENT, name)
    return found


def _is_used(cached: CachedBackend, configured: Mapping[str, Setting]) -> bool:
    is_given = any(setting.origin is Origin.GIVEN for setting in configured.values())
    is_other = any(difference.setting for difference in differences(configured, cached))
    return cached.type == "s3" and not is_given and not is_other


def _objects(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return *values* with an object for each nested argument that is a block, or text as in `endpoints={...}`."""
    return {name: _object(value) if name in NESTED else value for name, value in values.items()}


def _object(value: Value) -> Value:
    if isinstance(value, list) and len(value) == 1:
        return value[0]
    if isinstance(value, str):
        try:
            return arguments(parse(f"value = {value}\n"), Nowhere())[0].get("value")
        except HclError:
            return value
    return value


def _of_block(backend: Backend) -> Iterator[Setting]:
    for path, value in flat(_objects(backend.values)):
        is_given = path.partition(".")[0] in backend.given
        location = backend.at(path)
        has_file = location.line > 0 and (not is_given or location != backend.location)
        place = f"{location.file}:{location.line}" if has_file else _OPTION
        yield Setting(path, value, Origin.GIVEN if is_given else Origin.BLOCK, place, location if has_file else None)
