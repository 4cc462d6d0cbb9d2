"""The edits of the root module's files: the call is removed, and what refers to it refers to the resources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from plainwork_core.eject.alignment import aligned_at
from plainwork_core.eject.finish import Finished
from plainwork_core.eject.known import Instances, Invalid, Outputs
from plainwork_core.eject.mentions import STEPS, mention
from plainwork_core.eject.resources import references
from plainwork_core.eject.scopes import RootScope
from plainwork_core.eject.specialize import Around, specialized
from plainwork_core.frozen import frozen
from plainwork_core.hcl.syntax import HclError, nodes, parse_value
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.hcl.syntax.outline import BlockOutline, Entry, outline
from plainwork_core.hcl.syntax.traversals import children, rebuilt
from plainwork_core.hcl.write.expressions import tree
from plainwork_core.hcl.write.layout import value as laid_out
from plainwork_core.hcl.write.literals import escape
from plainwork_core.hcl.write.strings import expression_text
from plainwork_core.moves import moved

Moves = list[tuple[str, str]]
_OF_ADDRESSES = ("moved", "removed", "import")
_COMMENT = re.compile(r"[ \t]*(?:#|//)")
_LOOSE = (nodes.Unary, nodes.Binary, nodes.Conditional)
_SHORTENED = frozenset(
    (
        *("coalesce", "coalescelist", "compact", "concat", "element", "flatten", "join", "keys", "length", "lookup"),
        *("one", "try", "values"),
    )
)
_WIDTH = 120
"""Columns of a line that is kept as it is but for its references."""
_CALL = re.compile(r'module\s+"?([\w-]+)')


@frozen()
class Site:
    """An argument that refers to an ejected module.

    Attributes:
        start: of its value in the text; `end`: where it ends.
        column: of its value.
        value: its value, not written yet; a list of references for `depends_on`, an address for `import`.
    """

    start: int
    end: int
    column: int
    value: Any


class FileEdits:
    """The edits of one file.

    Args:
        text: of the file.
        root: the scope of the root module, with the calls that are ejected.
        file: the name, for messages.

    Attributes:
        problems: what cannot be written.
    """

    def __init__(self, text: str, root: RootScope, file: str) -> None:
        self.text, self.file, self.problems = text, file, list[str]()
        self._around, self._calls = Around(root), frozenset(root.calls)
        self._mentions = re.compile(mention(self._calls))
        self._outline = outline(text)
        self.sites = [site for block in self._outline.blocks for site in self._sites(block)]

    def _call(self, block: BlockOutline) -> str:
        """Return the name of the call that *block* is, if it is ejected; `""` otherwise."""
        match = _CALL.match(self.text, block.start, block.open)
        return match[1] if match and match[1] in self._calls else ""

    def _sites(self, block: BlockOutline) -> Iterator[Site]:
        if self._call(block):
            return
        for entry in block.entries:
            if self._mentions.search(self.text, entry.value_start, entry.end):
                yield from self._site(entry, block)
        for nested in block.blocks:
            yield from self._sites(nested)

    def _site(self, entry: Entry, block: BlockOutline) -> Iterator[Site]:
        column = entry.value_start - self.text.rfind("\n", 0, entry.value_start) - 1
        place = (entry.value_start, entry.end, column)
        if block.type in _OF_ADDRESSES and entry.name in ("to", "from"):
            if block.type == "import" and entry.name == "to":
                yield Site(*place, self.text[entry.value_start : entry.end])
            return
        node = parse_value(f"{self.text[entry.value_start : entry.end]}\n")
        if entry.name in ("depends_on", "replace_triggered_by") and isinstance(node, nodes.Sequence):
            yield Site(*place, [one for item in node.items for one in self._kept(item)])
            return
        try:
            value = self._substituted(node)
        except Invalid as error:
            line = self.text.count("\n", 0, entry.value_start) + 1
            self.problems.append(f"{self.file}:{line}: `{entry.name}` cannot be written: {error}")
            return
        if value != node:
            yield Site(*place, value)

    def _kept(self, item: Expression) -> list[Expression]:
        return references(item, self._around) if self._refers(item) else [item]

    def _refers(self, node: Expression) -> bool:
        return self._mentions.search(expression_text(node)) is not None

    def _substituted(self, node: Any) -> Any:
        """Return *node* with each reference to an ejected module resolved."""
        if isinstance(node, nodes.Member):
            return rebuilt(node, self._substituted)
        if not self._refers(node) if not isinstance(node, (nodes.TemplateIf, nodes.TemplateFor)) else False:
            return node
        if _is_chain(node):
            return specialized(node, self._around)
        try:
            made = rebuilt(node, self._substituted)
        except Invalid:
            return specialized(node, self._around)  # `try`, or a branch that is not taken
        is_open = any(map(_is_open, children(made)))
        is_shorter = (
            isinstance(made, nodes.Call) and made.name in _SHORTENED and not all(map(_is_chain, made.arguments))
        )
        return specialized(node, self._around) if is_open or is_shorter else made

    def edited(self, finish: Finished, moves: Moves) -> str:
        """Return the text with all edits."""
        text = self.text
        cuts = [(site.start, site.end, self._written(site, finish, moves)) for site in self.sites]
        cuts += [(*self._extent(block), "") for block in self._outline.blocks if self._call(block)]
        longer, grown = list[int](), 0
        for start, end, new in sorted(cuts):
            text = f"{text[: start + grown]}{new}{text[end + grown :]}"
            if "\n" in new and "\n" not in self.text[start:end]:
                longer.append(start + grown)
            grown += len(new) - (end - start)
        return aligned_at(text, longer)

    def comments(self) -> dict[str, list[str]]:
        """Return the comment above each call that is removed, by the name of the call."""
        calls = {name: block for block in self._outline.blocks if (name := self._call(block))}
        above = {name: self.text[self._first(block) : block.start] for name, block in calls.items()}
        return {
            name: [line.strip().lstrip("#/").strip() for line in text.splitlines() if line.strip()]
            for name, text in above.items()
        }

    def _first(self, block: BlockOutline) -> int:
        """Return where the comments directly above *block* begin."""
        start = self.text.rfind("\n", 0, block.start) + 1
        while start and _COMMENT.match(self.text, before := self.text.rfind("\n", 0, start - 1) + 1):
            start = before
        return start

    def _extent(self, block: BlockOutline) -> tuple[int, int]:
        start, end = self._first(block), self.text.find("\n", block.close)
        end = len(self.text) if end < 0 else end + 1
        while self.text.startswith("\n", end):
            end += 1
        if end == len(self.text):
            start = len(self.text[:start].rstrip("\n")) + 1 if self.text[:start].strip() else 0
        return min(start, end), end

    def _written(self, site: Site, finish: Finished, moves: Moves) -> str:
        old = self.text[site.start : site.end]
        if isinstance(site.value, str):
            return moved(site.value, moves)
        if isinstance(site.value, list):
            items = dict.fromkeys(expression_text(finish.finished(item)) for item in site.value)
            return self._lines(parse_value(f"[{', '.join(items)}]"), site)
        value = finish.finished(site.value)
        short = self._in_place(old, finish)
        try:
            is_long = short is not None and "\n" not in short and site.column + len(short) > _WIDTH
            if short is not None and not is_long and parse_value(f"{short}\n") == value:
                return short
        except HclError:
            pass
        return self._lines(value, site)

    def _lines(self, value: Expression, site: Site) -> str:
        line = self.text[self.text.rfind("\n", 0, site.start) + 1 : site.start]
        indent = len(line) - len(line.lstrip())
        return f"\n{'':{indent}}".join(laid_out(tree(value), site.column, indent))

    def _in_place(self, old: str, finish: Finished) -> str | None:
        """Return *old* with each reference replaced and all else as it is; `None` if a reference has no form alone."""
        chain = self._mentions.pattern + STEPS
        pattern = re.compile(rf"\$\{{\s*(?P<alone>{chain})\s*\}}|(?P<inside>{chain})(?P<step>[.\[]?)")

        def replaced(match: re.Match[str]) -> str:
            value = finish.finished(specialized(parse_value(match["alone"] or match["inside"]), self._around))
            if match["alone"]:
                is_text = (
                    isinstance(value, nodes.Literal) and isinstance(value.value, str) and value.value.isprintable()
                )
                return escape(value.value) if is_text else f"${{{expression_text(value)}}}"
            text = expression_text(value)
            is_loose = isinstance(value, _LOOSE) or (match["step"] and isinstance(value, nodes.Splat))
            return (f"({text})" if is_loose and match.group() != old else text) + match["step"]

        try:
            return pattern.sub(replaced, old)
        except (Invalid, HclError):
            return None


def _is_open(node: Any) -> bool:
    """Return whether *node* is a module, its instances, or a list of those."""
    return isinstance(node.result if isinstance(node, nodes.For) else node, (Instances, Outputs))


def _is_chain(node: Any) -> bool:
    while isinstance(node, (nodes.GetAttribute, nodes.GetIndex)):
        node = node.target
    return isinstance(node, nodes.Variable)


def site_values(edits: Iterable[FileEdits]) -> Iterator[Any]:
    """Yield the expressions that are written into the root module's files."""
    for one in edits:
        for site in one.sites:
            yield from (
                site.value if isinstance(site.value, list) else () if isinstance(site.value, str) else (site.value,)
            )
