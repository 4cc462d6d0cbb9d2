"""The settings file that `plainwork init` creates: every table and key with its help and its default."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, replace
from pathlib import Path
from typing import Any

from plainwork_core.errors import InputError
from plainwork_core.files import write_files
from plainwork_core.frozen import frozen
from plainwork_policies.engine import settings, settings_file, settings_layer
from plainwork_policies.engine.proposals import NONE, Proposals
from plainwork_policies.engine.registry import settings_tables

_HEAD = "Settings of plainwork. Each key shows its default, or an example. Remove the `#` to set it."
_PROPOSED = "A proposal is what most of this directory already has. Confirm or change it."
_WIDTH = 110
_FOR_PATHS = {
    "select": "Policies that are run on these stacks instead of those above.",
    "ignore": "Policies that are not run on the stacks in these files or directories.",
    "min_severity": "As above, for these stacks.",
}


@frozen()
class Key:
    """One key of a table, with its default and its example as TOML.

    `default` is `""` if it has none, and `example` is `""` if the default shows the form.
    """

    name: str
    default: str
    help: str
    example: str = ""


@frozen()
class TableTemplate:
    """One table of the settings file; `name` is `""` for the keys before all tables, or an example."""

    name: str
    keys: tuple[Key, ...]
    is_example: bool = False


def tables() -> Iterator[TableTemplate]:
    """Yield every table, in the order of the file."""
    general = _keys(settings.GeneralSettings)
    yield TableTemplate("", general)
    for_paths = (replace(key, help=_FOR_PATHS[key.name]) for key in general if key.name in _FOR_PATHS)
    yield TableTemplate(f'{settings_layer.PATHS}."legacy/**"', tuple(for_paths), is_example=True)
    for name, (family, _) in settings_tables().items():
        yield TableTemplate(name, _keys(settings.settings_class(family)))


def text(found: Proposals = NONE) -> str:
    """Return a settings file without effect: each key is a comment, after its help, with the value *found* for it."""
    lines = _comment(_HEAD)
    if found.by_key:
        lines += _comment(_PROPOSED)
    for table in tables():
        lines += ["", *([f"{'# ' * table.is_example}[{table.name}]"] if table.name else [])]
        for key in table.keys:
            if proposal := found.by_key.get((table.name, key.name)):
                lines += [*_comment(key.help), *_comment(f"Proposal: {proposal.reason}")]
                lines.append(f"# {key.name} = {toml(proposal.value)}")
                continue
            example = f" Example: {key.example}" if key.default and key.example else ""
            lines += [*_comment(key.help + example), f"# {key.name} = {key.default or key.example}"]
    return "\n".join(lines) + "\n"


def write(directory: Path, found: Proposals = NONE) -> Path:
    """Create the file in *directory* with the proposals *found*, and return it.

    Raises:
        InputError: *directory* already has settings, or the file cannot be written.
    """
    require_none(directory)
    file = directory / settings_file.FILE
    write_files({file: text(found)})
    return file


def require_none(directory: Path) -> None:
    """Check that *directory* has no settings.

    Raises:
        InputError: it has.
    """
    if existing := settings_file.in_directory(directory):
        raise InputError(f"settings exist in {existing}; `plainwork init --stdout` prints the file")


def _comment(words: str) -> list[str]:
    return textwrap.wrap(words, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)


def _keys(cls: type[Any]) -> tuple[Key, ...]:
    return tuple(
        Key(key.name, toml(_default(key)), key.metadata["help"], toml(key.metadata["example"]))
        for key in fields(cls)
        if "help" in key.metadata
    )


def _default(key: Field[Any]) -> Any:
    return key.default if key.default_factory is MISSING else key.default_factory()


def toml(value: Any) -> str:
    """Return the value as TOML on one line; `""` for `None`."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{name} = {toml(member)}' for name, member in value.items())} }}" if value else "{}"
    return f"'{value}'" if isinstance(value, str) and "\\" in value else json.dumps(value)
