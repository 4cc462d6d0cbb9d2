"""A whole document as a Python file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, Any, TypeAlias

from plainwork_core.hcl.write.blocks import comment
from plainwork_core.python_source.elements import COMMENT, Element, elements, in_order, metadata
from plainwork_core.python_source.expressions import python_literal, python_value
from plainwork_core.python_source.layout import WIDTH, Call, Code, Node, lines, string, variables
from plainwork_core.python_source.names import Named, variable_names
from plainwork_core.python_source.provider_blocks import keywords
from plainwork_core.python_source.scope import LOCALS, Scope
from plainwork_core.python_source.settings import settings, short_requirement
from plainwork_core.python_source.statements import statement
from plainwork_core.schema.versions import choice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_INDENT = 4
_MOST_STATEMENTS = 50
"""Of a function, in Ruff's rule PLR0915."""
_LAST = ("check", "moved", "import", "removed", "output")
_BLOCKS = ("resource", "data", "ephemeral", "action", "module")
_TAIL = """

if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
"""
_Statement: TypeAlias = "tuple[list[str], str, Node]"
"""The comments above a statement, the variable that it defines or nothing, and its code."""


def python_source(document: Mapping[str, Any], name: str) -> str:
    """Return a document in Terraform's JSON syntax as a Python file, formatted as Ruff formats it.

    `build(app)` in it creates a stack whose addresses and arguments are those of the document.

    Args:
        document: the result of `plainwork.synthesize`, or the content of any `.tf.json`.
        name: of the stack.
    """
    return _Source(document, name).text()


class _Source:
    """The statements of one document, in the order in which they are written."""

    def __init__(self, document: Mapping[str, Any], name: str) -> None:
        self._name = name
        self._settings = settings(document)
        required = {"terraform": {"required_providers": dict(self._settings.required_providers)}}
        self._first = [element for kind in ("variable", "provider") for element in elements(document, kind)]
        self._placed = in_order(document)
        self._last = [element for kind in _LAST for element in elements(document, kind)]
        self._together = _without_blocks(self._placed)
        self._scope = Scope(variable_names(self._named()))
        self._schema = choice_of(required).schema()

    def text(self) -> str:
        """Return the text of the file."""
        groups = [group for group in self._groups() if group]
        count = sum(map(len, groups))
        noqa = "  # noqa: PLR0915  a statement for each block" if count > _MOST_STATEMENTS else ""
        used = {name for group in groups for _, _, node in group for name in variables(node)}
        body = [line for group in groups for line in ["", *_lines(group, used)]][1:]
        head = [f'"""The stack `{self._name}`."""', "", "from __future__ import annotations", ""]
        ending = ["    return stack"] if count > 1 else []
        body[0] = body[0] if ending else body[0].replace("stack =", "return", 1)
        function = [f"def build(app: App) -> Stack:{noqa}", *body, *ending, _TAIL]
        return "\n".join([*head, *_imports({"App", "Stack", *self._scope.functions}), "", "", *function])

    def _named(self) -> Iterator[Named]:
        """Yield the blocks that have a variable: those that another one refers to."""
        every = [*self._first, *self._placed, *self._last]
        referred = {address for element in every for address in element.references}
        for element in [*self._first, *self._placed]:
            address = element.address
            if address.removeprefix("provider.") in referred and address not in self._together:
                yield Named(
                    address,
                    element.labels[-1] if element.kind != "provider" else address.split(".")[-1],
                    _type(element),
                )

    def _groups(self) -> Iterator[list[_Statement]]:
        yield [*self._head(), *map(self._statement, self._first)]
        yield [
            *self._locals(),
            *(self._statement(element) for element in self._placed if element.address not in self._together),
        ]
        yield [self._statement(element) for element in self._last]

    def _head(self) -> Iterator[_Statement]:
        """Yield the statements that create the stack, its backend and its other settings."""
        found = self._settings
        version = string(found.required_version) if found.required_version else Code("None")
        required = {name: short_requirement(name, entry) for name, entry in found.required_providers.items()}
        named = [
            ("required_version", version),
            *([("required_providers", python_literal(required))] if required else []),
        ]
        yield [], "stack", Call("Stack", (Code("app"), string(self._name)), tuple(named))
        for type_, arguments in found.backends.items():
            yield [], "", Call("stack.set_backend", (string(type_), python_literal(arguments)))
        for name, value in found.others.items():
            yield [], "", Call("stack.add_override", (string(f"terraform.{name}"), python_literal(value)))

    def _locals(self) -> Iterator[_Statement]:
        """Yield the statement of the local values that refer to no block, which one variable has together."""
        values = {element.labels[0]: element.body for element in self._placed if element.address in self._together}
        if values:
            self._scope.functions.add("Locals")
            named = {name: python_value(value, self._scope) for name, value in values.items()}
            yield [], LOCALS, Call("Locals", (Code("stack"),), tuple(keywords(named)))
            self._scope.together |= self._together

    def _statement(self, element: Element) -> _Statement:
        if element.kind == "locals":
            self._scope.functions.add("Locals")
            (name,) = element.labels
            value = tuple(keywords({name: python_value(element.body, self._scope)}))
            node: Node = Call("Locals", (Code("stack"),), value)
        else:
            node = statement(element, self._schema, self._scope)
        self._scope.define(element)
        return _comments(element), self._scope.names.get(element.address, ""), node


def _lines(group: Sequence[_Statement], used: set[str]) -> Iterator[str]:
    """Yield the lines of statements; a variable that no other one uses is not assigned."""
    for comments, name, node in group:
        yield from (f"    {line}" for line in comments)
        yield from lines(node, _INDENT, f"{name} = " if name in {"stack", *used} else "")


def _without_blocks(placed: Sequence[Element]) -> set[str]:
    """Return the addresses of the local values that refer to nothing but variables and each other."""
    addresses = {element.address for element in placed}
    found: set[str] = set()
    for element in placed:
        if element.kind == "locals" and all(address in found for address in element.references & addresses):
            found.add(element.address)
    return found


def _type(element: Element) -> str:
    """Return the type of a block without the prefix of its provider."""
    return element.labels[0].partition("_")[2] or element.labels[0] if element.kind in {*_BLOCKS} - {"module"} else ""


def _comments(element: Element) -> list[str]:
    """Return the comment of a block: that of its document, and that of its HCL, which the metadata has."""
    if not isinstance(element.body, Mapping):
        return []
    texts = (metadata(element.body) or {}).get("comment", ())
    written = [f"# {line}" for text in texts for line in wrap(text, WIDTH - _INDENT - len("# "))]
    return [*comment(element.body.get(COMMENT), element.address), *written]


def _imports(names: Iterable[str]) -> list[str]:
    """Return the imports, sorted as Ruff sorts them: classes before functions."""
    names = set(names)
    dates = ["from datetime import date", ""] if "date" in names else []
    imported = sorted(names - {"date"}, key=lambda name: (name[0].islower(), name))
    line = f"from plainwork import {', '.join(imported)}"
    if len(line) <= WIDTH:
        return [*dates, line]
    return [*dates, "from plainwork import (", *(f"    {name}," for name in imported), ")"]
