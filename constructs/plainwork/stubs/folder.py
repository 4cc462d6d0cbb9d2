"""The folder of stubs: one package for each type, and the two packages above them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from plainwork.stubs.meta_arguments import MODES, NAME, meta_arguments
from plainwork.stubs.of_type import stub
from plainwork_core.errors import InputError
from plainwork_core.schema.store import SHIPPED
from plainwork_core.schema.versions import SchemaChoice

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILE = "__init__.pyi"
_SOURCE = Path(__file__).parent.parent / "__init__.py"
"""`plainwork` itself: a type checker that finds a part of a package reads all of it there, so the folder has a copy."""


def stubs(choice: SchemaChoice) -> Iterator[tuple[str, str]]:
    """Yield the path in `plainwork/types` and the text of each stub.

    A type that only another version has gets a stub without classes: `Resource` of it is an error of the type checker.

    Args:
        choice: the version of the AWS provider. The types of the user's own schema file come first, as in a stack.
    """
    own = types(choice)
    yield _FILE, f'"""The types of the AWS provider {choice.version}."""\n'
    yield f"{NAME}/{_FILE}", meta_arguments()
    for type_ in sorted(own.union(*(types(SchemaChoice(version)) for version in SHIPPED))):
        absent = f'"""`{type_}` is not a type of the AWS provider {choice.version}."""\n'
        yield f"{type_}/{_FILE}", stub(choice, type_) if type_ in own else absent


def types(choice: SchemaChoice) -> set[str]:
    """Return the types of which there is a resource, a data source or an ephemeral resource."""
    return {type_ for mode in MODES for type_ in choice.schema().types(mode)}


def write(folder: Path, choice: SchemaChoice) -> None:
    """Write the stubs to a folder that precedes the installed package.

    Raises:
        InputError: the folder contains files of another origin, or cannot be written.
    """
    package = folder / "plainwork"
    if package.exists() and not (package / "types" / NAME).is_dir():
        raise InputError(f"{package}: contains files that are not stubs; choose another --directory")
    try:
        if package.exists():
            shutil.rmtree(package)
        for path, text in stubs(choice):
            file = package / "types" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        (package / _FILE).write_text(_SOURCE.read_text(encoding="utf-8"), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{error.filename or folder}: cannot be written: {error.strerror}") from error
