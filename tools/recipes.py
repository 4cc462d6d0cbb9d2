"""Writes `main.tf` beside each recipe, and the index of the recipes: `python -m tools.recipes [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from plainwork_core.recipes import Recipe, recipes
from tools.examples_hcl import hcl
from tools.generated import write

DOCS = Path(__file__).parent.parent / "docs" / "recipes"
_HEAD = """\
# Recipes

A recipe is one Python file, or one HCL file, of plain resources for one task. Copy it, and change what is yours:

```sh
plainwork recipe list
plainwork recipe show private-bucket
plainwork recipe copy private-bucket              # private_bucket.py in this directory
plainwork recipe copy private-bucket --format hcl # private_bucket.tf
```

In HCL, each recipe is a root module with its own provider: copy each into its own directory, with
`plainwork recipe copy private-bucket storage --format hcl`. Run alone, a recipe in
Python writes `cdktf.out` with its own stack only. Several stacks are built by one app:

```python
from plainwork import App

import idempotency_table
import town_crier

app = App()
for recipe in (idempotency_table, town_crier):
    recipe.build(app)
app.synth()
```

Each recipe passes `plainwork check` as HCL, CDKTF JSON and plan, and is valid with the AWS provider 5.100 and 6.x.
*Applied* says whether the tests apply it on an emulator of AWS, plan it again without a change and destroy it;
otherwise they plan it.
"""


def index() -> str:
    """Return the text of `docs/recipes/index.md`."""
    found = recipes()
    groups = dict.fromkeys(recipe.group for recipe in found)
    tables = (_table(group, [recipe for recipe in found if recipe.group == group]) for group in groups)
    pages = "\n".join(recipe.name for recipe in found)
    return "\n".join([_HEAD, *tables, f"```{{toctree}}\n:hidden:\n\n{pages}\n```\n"])


def _table(group: str, members: list[Recipe]) -> str:
    return "\n".join((f"## {group}\n", "| Task | Recipe | Applied |\n|---|---|---|", *map(_row, members), ""))


def _row(recipe: Recipe) -> str:
    applied = f"no: {recipe.not_applied}" if recipe.not_applied else "yes"
    return f"| {recipe.task} | [{recipe.name}]({recipe.name}.md) | {applied} |"


def files() -> Iterator[tuple[Path, str]]:
    """Yield each generated file with its text."""
    for recipe in recipes():
        yield recipe.hcl, hcl(recipe.python)
    yield DOCS / "index.md", index()


if __name__ == "__main__":
    sys.exit(write(dict(files()), sys.argv[1:]))
