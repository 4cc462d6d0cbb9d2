"""The references of the root module to ejected modules, for a root module that is not edited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from plainwork_core.eject.known import Invalid
from plainwork_core.eject.scopes import RootScope
from plainwork_core.eject.specialize import Around, specialized
from plainwork_core.hcl.syntax import HclError, parse_value
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.read.text import decode, read_bytes

STEPS = r'(?:\.[\w-]+|\[(?:\*|\d+|"[^"]*"|[\w.]+)\])*'
"""What can follow the name of a module in a reference."""


def mention(names: Iterable[str]) -> str:
    """Return the pattern of a reference to one of the calls *names*."""
    return rf"module\.(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-])"


def mentioned(files: Iterable[str], root: RootScope) -> dict[str, Expression]:
    """Return what each reference in *files* to a call of *root* is, by its text.

    Raises:
        Invalid: one has no value.
    """
    pattern = re.compile(mention(root.calls) + STEPS)
    texts = (decode(read_bytes(Path(file)), file).replace('\\"', '"') for file in files)
    found: dict[str, Expression] = {}
    for reference in dict.fromkeys(match.group() for text in texts for match in pattern.finditer(text)):
        if "." not in reference.removeprefix("module."):
            continue
        try:
            found[reference] = specialized(parse_value(reference), Around(root))
        except (HclError, Invalid) as error:
            raise Invalid(f"`{reference}` cannot be written: {error}") from error
    return found


def notes_of_tests(directory: Path, names: Iterable[str]) -> Iterator[str]:
    """Yield a note for each line of the tests of the root module that refers to one of the calls *names*."""
    pattern = re.compile(mention(names))
    for file in sorted((*directory.glob("*.tftest.hcl"), *directory.glob("tests/*.tftest.hcl"))):
        for number, line in enumerate(decode(read_bytes(file), str(file)).splitlines(), start=1):
            if found := pattern.search(line):
                yield f"{file}:{number}: the test refers to `{found.group()}`; change it"
