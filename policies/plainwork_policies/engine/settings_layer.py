"""The settings of one file as a layer over those of the file that it extends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plainwork_core.config_loader import build
from plainwork_core.errors import InputError, did_you_mean
from plainwork_core.frozen import frozen
from plainwork_core.waivers import Waiver
from plainwork_policies.engine.path_glob import PathGlob
from plainwork_policies.engine.registry import settings_tables
from plainwork_policies.engine.selection import Selection
from plainwork_policies.engine.settings import GeneralSettings, Settings, Table, settings_class
from plainwork_policies.engine.settings_parts import PathSettings, SettingsPart, TableKeys

if TYPE_CHECKING:
    from plainwork_policies.engine.own_policies import OwnPolicies

PATHS = "paths"
_GENERAL = tuple(field.name for field in fields(GeneralSettings))
_OF_PATHS = ("select", "ignore", "min_severity")


@frozen()
class SettingsLayer:
    """The settings of one file.

    Args:
        directory: of the file.
        extends: the file over which it is a layer; `None` without one.
        part: what it sets.
        paths: what it sets for some stacks.
    """

    directory: Path
    extends: str | None
    part: SettingsPart
    paths: tuple[PathSettings, ...]

    def onto(self, settings: Settings) -> Settings:
        """Return *settings* with those of this file."""
        return replace(self.part.onto(settings), paths=(*settings.paths, *self.paths))


def layer_of(data: Mapping[str, Any], where: str, directory: Path) -> SettingsLayer:
    """Make the layer of the file in *directory* with *data*; *where* precedes each error.

    Raises:
        InputError: a key or a value is unsupported.
    """
    of_paths = data.get(PATHS, {})
    if not isinstance(of_paths, Mapping):
        raise InputError(f'{where} `{PATHS}` is {of_paths!r}, not a table; use [{PATHS}."legacy/**"]')
    rest = {name: value for name, value in data.items() if name != PATHS}
    part = _part(rest, where, directory, _GENERAL)
    return SettingsLayer(
        directory,
        data.get("extends"),
        part,
        tuple(_path_settings(of_paths, where, directory)),
    )


def _path_settings(data: Mapping[str, Any], where: str, directory: Path) -> Iterator[PathSettings]:
    for glob, value in data.items():
        table = f'[{PATHS}."{glob}"]'
        if not isinstance(value, Mapping):
            raise InputError(f'{where} `{PATHS}.{glob}` is {value!r}, not a table; use [{PATHS}."legacy/**"]')
        yield PathSettings(PathGlob(glob, directory), _part(value, f"{where} {table}", directory, _OF_PATHS))


def _part(data: Mapping[str, Any], where: str, directory: Path, general: tuple[str, ...]) -> SettingsPart:
    own = {name: value for name, value in data.items() if name in general}
    found = build(GeneralSettings, own, where)
    selection = Selection(found.select if "select" in own else (), found.ignore, f"{where} ")
    globs = tuple(PathGlob(glob, directory) for glob in found.exclude)
    sources = _own_policies(found.own_policies, directory)
    known = {**_known_tables(), **_own_tables(sources)}
    return SettingsPart(
        fail_on=found.fail_on if "fail_on" in own else None,
        min_severity=found.min_severity if "min_severity" in own else None,
        selection=selection if {"select", "ignore"}.intersection(own) else None,
        exclude=globs if "exclude" in own else None,
        forbid_waivers=found.forbid_waivers,
        waivers=tuple(
            _waiver(waiver, f"{where} waivers[{index}]", directory) for index, waiver in enumerate(found.waivers)
        ),
        own_policies=sources,
        tables=tuple(_table(name, data[name], where, general, known) for name in data if name not in own),
    )


def _waiver(waiver: Waiver, origin: str, directory: Path) -> tuple[Waiver, PathGlob | None]:
    if not waiver.address:
        raise InputError(f"{origin} `address` is not set; name a resource, or a pattern such as `aws_s3_bucket.logs*`")
    return replace(waiver, origin=origin), PathGlob(waiver.path, directory) if waiver.path else None


def _own_policies(names: Sequence[str], directory: Path) -> tuple[OwnPolicies, ...]:
    if not names:
        return ()
    from plainwork_policies.engine.own_policies import source  # noqa: PLC0415  only a team with own policies needs it

    return tuple(source(name, directory) for name in names)


def _known_tables() -> dict[str, Callable[[], type[Table]]]:
    return {name: partial(settings_class, family) for name, (family, _) in settings_tables().items()}


def _own_tables(sources: Iterable[OwnPolicies]) -> dict[str, Callable[[], type[Table]]]:
    found = (cls for source in sources if (cls := source.settings()) is not None)
    return {cls.table: partial(_same, cls) for cls in found}


def _same(cls: type[Table]) -> type[Table]:
    return cls


def _load(table: Callable[[], type[Table]]) -> type[Table]:
    return table()


def _table(
    name: str, value: Any, where: str, general: tuple[str, ...], known: Mapping[str, Callable[[], type[Table]]]
) -> TableKeys:
    """Make the keys of a family's table. *known* returns the class of each table."""
    if name not in known and (
        owner := next((cls for cls in map(_load, known.values()) if name in cls.top_level), None)
    ):
        return TableKeys(build(owner, {name: value}, where), frozenset((name,)))
    if name not in known:
        new = next((table for table, (_, former) in settings_tables().items() if former == name), None)
        names = (*general, *known)
        hint = f"; it is now `[{new}]`" if new else did_you_mean(name, names) or f"; it has {', '.join(names)}"
        raise InputError(f"{where} unsupported setting `{name}`{hint}")
    if not isinstance(value, Mapping):
        raise InputError(f"{where} `{name}` is {value!r}, not a table; use [{name}]")
    table = build(known[name](), value, f"{where} [{name}]")
    return TableKeys(table, frozenset(value))
