"""Terraform's JSON syntax, read into the same syntax tree as the native one.

See https://developer.hashicorp.com/terraform/language/syntax/json. Strings are templates; `//` is a comment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plainwork_core.errors import did_you_mean
from plainwork_core.hcl.definitions import Block
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.literals import normal
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.hcl.syntax.parser import parse_template
from plainwork_core.model.values import Unknown

Path = tuple[str | int, ...]

_NOT_EVALUATED = {"action", "import", "language", "removed"}
"""Blocks that no policy reads: they are accepted with any content."""


class JsonSyntax:
    """A JSON document as a file of Terraform.

    Args:
        document: the parsed JSON.
        lines: the line of each value in it by path.
    """

    def __init__(self, document: Any, lines: Mapping[Path, int]) -> None:
        self._document = document
        self._lines = lines

    def body(self) -> nodes.Body:
        """Return the file's blocks.

        Raises:
            HclError: a shape that Terraform's JSON syntax does not have.
        """
        blocks: list[nodes.Block] = []
        for type_, value in self._members(self._document, ()):
            if type_ not in LANGUAGE:
                raise HclError(f"unknown block type `{type_}`{did_you_mean(type_, LANGUAGE)}", self._lines[(type_,)])
            blocks += self._blocks(type_, LANGUAGE[type_], value, (type_,))
        return nodes.Body((), tuple(blocks), line=1)

    def arguments(self, *, literal: bool = False) -> nodes.Body:
        """Return the document as the arguments of one block.

        Args:
            literal: whether its strings are literal text; otherwise they are templates.

        Raises:
            HclError: it is not an object, or a string in it is not a template.
        """
        read = self._literal if literal else self._expression
        members = self._members(self._document, ())
        found = (nodes.Attribute(name, read(value, (name,)), line=self._lines[(name,)]) for name, value in members)
        return nodes.Body(tuple(found), line=1)

    def _members(self, value: Any, path: Path) -> Iterator[tuple[str, Any]]:
        if not isinstance(value, dict):
            shown = {list: "a list", str: "a string", type(None): "null"}.get(type(value), "a number or boolean")
            raise HclError(f"expected an object for `{'.'.join(map(str, path))}`, found {shown}", self._lines[path])
        yield from ((name, member) for name, member in value.items() if name != "//")

    def _blocks(self, type_: str, block: Block, value: Any, path: Path, *labels: str) -> Iterator[nodes.Block]:
        """Yield the blocks in *value*: a level of names for each label, each level an object or a list of objects."""
        if isinstance(value, list):
            for index, member in enumerate(value):
                yield from self._blocks(type_, block, member, (*path, index), *labels)
        elif value is None:
            return
        elif len(labels) < block.labels:
            for name, member in self._members(value, path):
                yield from self._blocks(type_, block, member, (*path, name), *labels, name)
        else:
            yield nodes.Block(type_, labels, self._block_body(type_, block, value, path), line=self._lines[path])

    def _block_body(self, type_: str, block: Block, value: Any, path: Path) -> nodes.Body:
        attributes: list[nodes.Attribute] = []
        blocks: list[nodes.Block] = []
        for name, member in self._members(value, path):
            inner = (*path, name)
            if type_ in _NOT_EVALUATED:
                continue
            if name in block.blocks:
                blocks += self._blocks(name, block.blocks[name], member, inner)
            else:
                read = self._literal if type_ == "variable" and _is_literal(block, name) else self._expression
                attributes.append(nodes.Attribute(name, read(member, inner), line=self._lines[inner]))
        return nodes.Body(tuple(attributes), tuple(blocks), line=self._lines[path])

    def _literal(self, value: Any, path: Path) -> Expression:
        """Read a value whose strings are literal text."""
        line = self._lines[path]
        if isinstance(value, list):
            items = (self._literal(member, (*path, index)) for index, member in enumerate(value))
            return nodes.Sequence(tuple(items), line=line)
        if isinstance(value, dict):
            members = ((name, self._literal(member, (*path, name))) for name, member in value.items())
            found = (nodes.Member(nodes.Literal(name), member, line=member.line) for name, member in members)
            return nodes.Object(tuple(found), line=line)
        return nodes.Literal(normal(value), line=line) if isinstance(value, str) else self._expression(value, path)

    def _expression(self, value: Any, path: Path) -> Expression:
        line = self._lines[path]
        if isinstance(value, str):
            return self._template(value, line)
        if isinstance(value, list):
            items = (self._expression(member, (*path, index)) for index, member in enumerate(value))
            return nodes.Sequence(tuple(items), line=line)
        if isinstance(value, dict):
            return nodes.Object(tuple(self._object_members(value, path)), line=line)
        whole = isinstance(value, float) and value.is_integer()
        return nodes.Literal(int(value) if whole else value, line=line)

    def _template(self, text: str, line: int) -> Expression:
        try:
            return parse_template(text, line)
        except HclError as error:
            raise HclError(f"{error.message}, in a string", line) from None

    def _object_members(self, value: Any, path: Path) -> Iterator[nodes.Member]:
        for name, member in self._members(value, path):
            line = self._lines[(*path, name)]
            if name == "dynamic" and _is_dynamic(member):
                yield from (_not_expanded(made, line) for made in member)
            else:
                key = self._template(name, line)
                yield nodes.Member(key, self._expression(member, (*path, name)), line=line)


def _is_literal(block: Block, name: str) -> bool:
    """Return whether the strings of an argument are literal text. Those of a backend are read for their references."""
    return name in block.arguments and block.arguments[name].form == "literal"


def _is_dynamic(value: Any) -> bool:
    """Tell a nested block's `dynamic` from a key of a map, which Terraform does by the provider's schema."""
    members = value.values() if isinstance(value, dict) else ()
    blocks = [block for member in members for block in (member if isinstance(member, list) else [member])]
    return bool(blocks) and all(isinstance(block, dict) and {"for_each", "content"} <= block.keys() for block in blocks)


def _not_expanded(name: str, line: int) -> nodes.Member:
    blocks = Unknown(f"the `dynamic` block `{name}` within a nested block is not evaluated")
    return nodes.Member(nodes.Literal(name, line=line), nodes.Literal(blocks, line=line), line=line)
