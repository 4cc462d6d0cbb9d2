"""Writes `docs/own-policies.md` from the reading API and the recipes: `python -m tools.own_policies_page [--check]`.

The recipes are the tested files in `examples/own-policies/`.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plainwork_policies import api
from plainwork_policies.engine.own_examples import EXAMPLES
from plainwork_policies.engine.own_policies import source
from plainwork_policies.engine.policy import Policy
from tools.generated import write

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "own-policies.md"
RECIPES = ROOT / "examples" / "own-policies"
_HEAD = Path(__file__).with_suffix(".md")
"""The part that is written by hand; `{first}` is the first recipe."""
_CLASSES = ("Resource", "Argument", "Members", "Entries")
_FUNCTIONS = (
    *("some", "every", "find", "check_each", "flattened", "any_condition", "all_conditions", "is_certain"),
    *("is_same", "is_same_id", "fail", "resources", "cached_per_stack"),
)


def page() -> str:
    """Return the whole page."""
    recipes = source("policies", RECIPES).policies()
    first = recipes[0]
    parts = [_HEAD.read_text(encoding="utf-8").replace("{first}", _code(_file(first)))]
    parts += [f"### {name}\n\n{_table(_members(getattr(api, name)))}" for name in _CLASSES]
    parts.append(f"### Functions\n\n{_table((name, getattr(api, name)) for name in _FUNCTIONS)}")
    parts.append("## Recipes\n\nEach is a tested file, with its examples.\n")
    parts += [_recipe(policy) for policy in recipes]
    return "\n".join(parts)


def _members(cls: type) -> Iterator[tuple[str, Any]]:
    """Yield the public members of a class and its bases, in the order of their definition."""
    found: dict[str, Any] = {}
    for owner in reversed(cls.__mro__[:-1]):
        found |= {name: member for name, member in vars(owner).items() if _is_shown(name, member)}
    yield from found.items()


def _is_shown(name: str, member: Any) -> bool:
    is_public = not name.startswith("_") or name in ("__getitem__", "__contains__")
    return is_public and (callable(member) or isinstance(member, property)) and bool(inspect.getdoc(member))


def _table(members: Any) -> str:
    rows = [f"| `{_call(name, member)}` | {_first_line(member)} |" for name, member in members]
    return "\n".join(["| Name | Result |", "|---|---|", *dict.fromkeys(rows), ""])


def _call(name: str, member: Any) -> str:
    if isinstance(member, property):
        return f".{name}"
    parameters = [parameter.name for parameter in inspect.signature(member).parameters.values()]
    if parameters[:1] != ["self"]:
        return f"{name}({', '.join(parameters)})"
    if name == "__getitem__":
        return f"[{parameters[1]}]"
    return f"{parameters[1]} in" if name == "__contains__" else f".{name}({', '.join(parameters[1:])})"


def _first_line(member: Any) -> str:
    text = " ".join((inspect.getdoc(member) or "").partition("\n\n")[0].split())
    return text.replace("|", "\\|")


def _recipe(policy: Policy) -> str:
    files = f"[{policy.slug}.py](../{_relative(_file(policy))}) ([examples](../{_relative(_bad(policy))}))"
    return f"### {policy.title}\n\n{files}:\n\n{_code(_file(policy))}\n"


def _bad(policy: Policy) -> Path:
    directory = RECIPES / "policies" / EXAMPLES / policy.slug.replace("-", "_")
    return next(path for path in sorted(directory.iterdir()) if path.name.startswith("bad"))


def _file(policy: Policy) -> Path:
    return RECIPES / "policies" / f"{policy.slug.replace('-', '_')}.py"


def _code(file: Path) -> str:
    return f"```python\n{file.read_text(encoding='utf-8').strip()}\n```"


def _relative(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    sys.exit(write({PAGE: page()}, sys.argv[1:]))
