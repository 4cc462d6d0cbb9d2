"""The two sides of `plainwork diff`: paths, Git revisions and the work tree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plainwork_core.code_diff.code import code_at
from plainwork_core.errors import InputError
from plainwork_core.repository import repository_root

if TYPE_CHECKING:
    from plainwork_core.code_diff.code import Code

WORK_TREE = "the work tree"
_SIDES = 2
_RANGE = re.compile(r"(.+?)(\.{2,3})([^.].*)")


class Sides(NamedTuple):
    """Both versions, and their names for the user."""

    before: Mapping[str, Code]
    after: Mapping[str, Code]
    names: tuple[str, str]


def sides(operands: Sequence[str], paths: Sequence[str]) -> Sides:
    """Return the two sides that *operands* name.

    Args:
        operands: two paths; or none, one or two Git revisions, and then paths.
        paths: further paths in the repository, which need not exist in both revisions.

    Raises:
        InputError: an operand is neither a path nor a revision, or a side cannot be read.
    """
    if "" in (*operands, *paths):
        raise InputError("an operand is empty; pass a path or a revision")
    revisions, named = _revisions(operands)
    if not revisions and len(named) == _SIDES and not paths:
        before, after = map(Path, named)
        return Sides(code_at(before), code_at(after), (named[0], named[1]))
    if unknown := [path for path in named if not Path(path).exists()]:
        raise InputError(f"{unknown[0]}: neither a path nor a revision; after `--` it is a path")
    base, head = [*(revisions or ["HEAD"]), WORK_TREE][:_SIDES]
    where = [Path(path) for path in (*named, *paths)] or [Path()]
    found = Sides(_at(base, where), _at(head, where), (base, head))
    if not found.before and not found.after:
        raise InputError(f"no *.tf, *.tf.json or CDKTF output in {base} and {head}: {', '.join(map(str, where))}")
    return found


def _revisions(operands: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the revisions at the start of *operands*, and the paths after them."""
    revisions: list[str] = []
    for index, operand in enumerate(operands):
        parts = _range(operand)
        if Path(operand).exists() or len(revisions) + len(parts) > _SIDES or not all(map(_is_revision, parts)):
            return revisions, list(operands[index:])
        revisions += parts
    return revisions, []


def _range(operand: str) -> list[str]:
    """Return the two revisions of `main..feature` or `main...feature`; otherwise the operand."""
    match = _RANGE.fullmatch(operand)
    return [match[1] + ("..." if match[2] == "..." else ""), match[3]] if match else [operand]


def _is_revision(name: str) -> bool:
    from plainwork_policies.compare.revision import revision_problem  # noqa: PLC0415  two paths do not need it

    return revision_problem(name, Path.cwd()) is None


def _at(revision: str, paths: Sequence[Path]) -> dict[str, Code]:
    """Return the configurations at *paths* in a revision, or in the work tree, by their path in the repository."""
    if revision == WORK_TREE:
        return {key: code for path in paths if path.exists() for key, code in _below(path, path).items()}
    from plainwork_policies.compare.checkout import checkout  # noqa: PLC0415  as above

    found: dict[str, Code] = {}
    with checkout(revision, paths) as revised:
        for path, copy in revised.copies.items():
            if copy.exists():
                found |= _below(copy, path, revision)
    return found


def _below(path: Path, original: Path, revision: str = "") -> dict[str, Code]:
    """Return the configurations at *path*, the version of *original* in a *revision*; none where it has none."""
    found = code_at(path, str(original), revision, may_be_empty=path.is_dir())
    place = relpath(original.resolve(), repository_root())
    return {str(Path(place, key)): code for key, code in found.items()}
