"""From expressions of which parts are known to those that are written, with the new names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from plainwork_core.eject import known
from plainwork_core.eject.files import OF_PATHS, is_in_module
from plainwork_core.eject.known import OPEN, PATH, Chosen, Instances, Known, Outputs
from plainwork_core.eject.templates import as_template, template
from plainwork_core.hcl import json_form
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.hcl.syntax.traversals import rebuilt
from plainwork_core.hcl.write.strings import expression_text

_LOCAL = nodes.Variable("local")
_MODULE = nodes.GetAttribute(nodes.Variable("path"), "module")


class Finished:
    """Writes expressions.

    Args:
        names: the new name of each resource by its place.
        local_names: that of each local value that is kept.
        directories: where the files of a module are after the ejection, by its directory.

    Attributes:
        uses: how often each local value is referred to.
        buried: those of many members that are referred to within a `for` or a condition.
        files: the directory and the path of each file that is read in a module which is not in the repository.
        paths: the strings outside of functions that contain the directory of a module which is not in the repository.
    """

    def __init__(
        self, names: Mapping[str, str], local_names: Mapping[str, str], directories: Mapping[str, str] | None = None
    ) -> None:
        self.names, self.local_names, self._directories = names, local_names, directories or {}
        self._locals = {(_LOCAL, place) for place in local_names}
        self.uses: Counter[str] = Counter()
        self.buried: set[str] = set()
        self._depth = 0
        self.paths: list[str] = []
        self.files: list[tuple[str, str]] = []

    def finished(self, node: Expression) -> Expression:
        """Return *node* as it is written."""
        match node:
            case Known():
                return self._known(node)
            case Instances() | Outputs() | Chosen():
                return self.finished(_members(node))
            case nodes.GetAttribute(target, name) if self._is_placed(name) or (target, name) in self._locals:
                return self._renamed(node)
            case nodes.TemplateExpr(parts):
                return template([self.finished(part) for part in parts])
            case nodes.Call(name, (first, *rest)) if name in OF_PATHS:
                return replace(node, arguments=(self._file(first), *map(self.finished, rest)))
        return self._path(node) if is_in_module(node) else self._rebuilt(node)

    def _known(self, node: Known) -> Expression:
        is_local = bool(node.names) and isinstance(node.written, nodes.GetAttribute)
        if is_local and self._depth and not known.is_short(node.content):
            self.buried |= node.names
        return self.finished(node.written if node.names <= self.local_names.keys() else node.content)

    def _is_placed(self, name: str) -> bool:
        return name.removesuffix(OPEN) in self.names

    def _renamed(self, node: nodes.GetAttribute) -> Expression:
        if self._is_placed(node.name):
            name = self.names[node.name.removesuffix(OPEN)]
            return replace(node, target=self.finished(node.target), name=name)
        self.uses[node.name] += 1
        return replace(node, name=self.local_names[node.name])

    def _rebuilt(self, node: Expression) -> Expression:
        is_around = isinstance(node, (nodes.For, nodes.Conditional, nodes.GetIndex))
        self._depth += is_around
        made: Expression = rebuilt(node, self._part)
        self._depth -= is_around
        if isinstance(made, nodes.TemplateIf):
            return replace(made, then=as_template(made.then), otherwise=as_template(made.otherwise))
        return replace(made, body=as_template(made.body)) if isinstance(made, nodes.TemplateFor) else made

    def _part(self, node: Any) -> Any:
        return rebuilt(node, self._part) if isinstance(node, nodes.Member) else self.finished(node)

    def _path(self, node: Expression) -> nodes.Literal:
        directory, text = _split(node.value)
        if directory in self._directories:
            self.paths.append(f"{directory}{text}")
        return nodes.Literal(f"{directory}{text}")

    def _file(self, node: Expression) -> Expression:
        """Return the path of a file, from the directory of the root module."""
        found = known.content(node)
        parts = list(found.parts) if isinstance(found, nodes.TemplateExpr) else [found]
        if not is_in_module(parts[0]) or not parts[0].value.startswith(PATH):
            return self.finished(node)
        directory, text = _split(parts[0].value)
        below = self._directories.get(directory, directory)
        if directory in self._directories:
            self.files.append((directory, text if len(parts) == 1 else "/*"))
        return template([_MODULE, nodes.Literal(f"/{below}{text}"), *map(self.finished, parts[1:])])

    def value(self, node: Any) -> Any:
        """Return *node* as a value of Terraform's JSON syntax."""
        found = self.finished(node)
        is_like_blocks = isinstance(found, nodes.Sequence) and any(
            isinstance(item, nodes.Object) for item in found.items
        )
        return f"${{{expression_text(found)}}}" if is_like_blocks else json_form.value(found)

    def body(self, given: Any) -> Any:
        """Return the body of a block as an object of Terraform's JSON syntax."""
        if isinstance(given, dict):
            return {name: self.body(value) for name, value in given.items()}
        if isinstance(given, list):
            return [self.body(value) for value in given]
        return self.value(given) if isinstance(given, nodes.Node) else given


def _members(node: Instances | Outputs | Chosen) -> Expression:
    if isinstance(node, Instances):
        return node.members
    if isinstance(node, Chosen):
        return nodes.GetIndex(node.members, node.key)
    return known.object_of({name: node.scope.output(name) for name in node.scope.output_names})


def _split(text: str) -> tuple[str, str]:
    """Return the directory of the module in *text*, and what follows."""
    before, directory, after = text.split(PATH, 2)
    return before + directory, after.replace(PATH, "")
