"""Collections of YAML in brackets and braces, such as `[a, { b: 1 }]`."""

from __future__ import annotations

import re

from plainwork_core.hcl.read.errors import Unsupported
from plainwork_core.hcl.read.yaml_scalars import QUOTED, key_of, plain, unquoted
from plainwork_core.model.values import Value

_QUOTED = re.compile(QUOTED)
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`](?:(?!:\s|:$|\s#)[^,\[\]{}])*|-[0-9.](?:[0-9.eE+-])*")
_AFTER = re.compile(r"\s*(?:\s#.*)?")


class _Incomplete(Exception):  # noqa: N818  the collection continues in the next line
    """The text ends within the collection."""


def read_flow(text: str) -> Value | None:
    """Return the list or map that *text* is; `None` if it ends within it.

    Raises:
        Unsupported: it is no such collection, or more than is evaluated.
    """
    reader = _Reader(text)
    try:
        value = reader.value()
    except _Incomplete:
        return None
    if not _AFTER.fullmatch(text, reader.position):
        raise Unsupported("on YAML with text after a collection")
    return value


class _Reader:
    """A text and the position of what is next."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.position = 0

    def value(self) -> Value:
        if self._takes("["):
            return self._list()
        if self._takes("{"):
            return dict(sorted(self._map().items()))
        text, is_quoted = self._scalar()
        return text if is_quoted else plain(text)

    def _list(self) -> list[Value]:
        items: list[Value] = []
        while not self._takes("]"):
            items.append(self.value())
            if not self._takes(",") and not self._peeks("]"):
                raise Unsupported("on YAML with such a list in brackets")
        return items

    def _map(self) -> dict[str, Value]:
        members: dict[str, Value] = {}
        while not self._takes("}"):
            text, is_quoted = self._scalar()
            key = text if is_quoted else key_of(text)
            has_value = self._takes(":") and not self._peeks(",") and not self._peeks("}")
            members[key] = self.value() if has_value else None
            if not self._takes(",") and not self._peeks("}"):
                raise Unsupported("on YAML with such a map in braces")
        return members

    def _scalar(self) -> tuple[str, bool]:
        self._skip()
        if quoted := _QUOTED.match(self._text, self.position):
            self.position = quoted.end()
            return unquoted(quoted[0]), True
        found = _PLAIN.match(self._text, self.position)
        if not found:
            raise Unsupported("on such YAML in brackets or braces")
        self.position = found.end()
        return found[0].rstrip(), False

    def _skip(self) -> None:
        while self._text.startswith(" ", self.position):
            self.position += 1
        if self.position == len(self._text):
            raise _Incomplete

    def _peeks(self, mark: str) -> bool:
        self._skip()
        return self._text.startswith(mark, self.position)

    def _takes(self, mark: str) -> bool:
        is_next = self._peeks(mark)
        self.position += is_next
        return is_next
