"""The files of a module that expressions read, and what `path.module` is after the ejection."""

from __future__ import annotations

from pathlib import Path

from plainwork_core.eject import known
from plainwork_core.eject.known import PATH, NotLiteral, content
from plainwork_core.hcl.read.budget import Budget
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.files import Files
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.model.values import unknowns

OF_PATHS = frozenset(
    (
        *("file", "filebase64", "filebase64sha256", "filebase64sha512", "fileexists", "filemd5", "fileset"),
        *("filesha1", "filesha256", "filesha512", "templatefile"),
    )
)
"""Functions whose first argument is a path."""


class _Within(Nowhere):
    """No names, and the files below the directory of the root module and of its modules."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.budget = Budget()
        self.files = Files(root, Path(root.anchor or "/"))


def result_of(node: nodes.Call, root: Path) -> Expression | None:
    """Return the result of a function that reads a file; `None` if it is not known."""
    from plainwork_core.hcl.read.functions import call  # noqa: PLC0415  many a module reads no file

    try:
        arguments = [_value(argument) for argument in node.arguments]
        value = call(node.name, arguments, _Within(root))
    except (NotLiteral, Rejected, Unsupported, TypeError):
        return None
    return None if list(unknowns(value)) else known.node_of(value)


def _value(node: Expression) -> object:
    found = content(node)
    if isinstance(found, nodes.Literal) and isinstance(found.value, str):
        return found.value.replace(PATH, "")
    return known.literal_of(found)


def is_in_module(node: Expression) -> bool:
    """Return whether *node* is a string with the directory of a module in it."""
    return isinstance(node, nodes.Literal) and isinstance(node.value, str) and PATH in node.value
