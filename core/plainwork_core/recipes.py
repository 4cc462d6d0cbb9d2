"""The recipes: plain resources for one task, to be copied.

They are in `examples/recipes`; the wheel contains them.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from plainwork_core.errors import InputError, did_you_mean
from plainwork_core.frozen import frozen

_PACKAGE = Path(__file__).parent
_ROOTS = (_PACKAGE / ".recipes", _PACKAGE.parents[1] / "examples" / "recipes")
GROUPS = (
    "Storage and data",
    "Network",
    "Compute",
    "Serverless",
    "Observability",
    "Access and governance",
    "Release",
)
"""The groups of the index, in its order."""


@frozen(slots=True)
class Recipe:
    """One recipe.

    Args:
        name: of its directory, such as `private-bucket`.
        group: one of `GROUPS`.
        task: what it is for, in one line.
        not_applied: why the tests do not apply it on an emulator; `""` if they do.
        directory: with its files.
    """

    name: str
    group: str
    task: str
    not_applied: str
    directory: Path

    @property
    def python(self) -> Path:
        """The recipe in Python."""
        return self.directory / "main.py"

    @property
    def hcl(self) -> Path:
        """The recipe in HCL."""
        return self.directory / "main.tf"

    @property
    def companions(self) -> list[Path]:
        """Other files that belong to the recipe, such as the job of a pipeline."""
        own = {self.python, self.hcl, self.directory / "recipe.toml"}
        return sorted(file for file in self.directory.iterdir() if file.is_file() and file not in own)


@cache
def recipes() -> tuple[Recipe, ...]:
    """Return all recipes, by group and name."""
    root = next(root for root in _ROOTS if root.is_dir())
    found = [_read(file) for file in sorted(root.glob("*/recipe.toml"))]
    return tuple(sorted(found, key=lambda recipe: GROUPS.index(recipe.group)))


def recipe(name: str) -> Recipe:
    """Return the recipe *name*.

    Raises:
        InputError: there is none.
    """
    by_name = {found.name: found for found in recipes()}
    if name not in by_name:
        raise InputError(f"there is no recipe {name!r}{did_you_mean(name, by_name)}; see `plainwork recipe list`")
    return by_name[name]


def _read(file: Path) -> Recipe:
    row = tomllib.loads(file.read_text(encoding="utf-8"))
    return Recipe(file.parent.name, row["group"], row["task"], row.get("not_applied", ""), file.parent)
