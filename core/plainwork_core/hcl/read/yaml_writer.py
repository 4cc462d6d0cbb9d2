"""YAML as Terraform's `yamlencode` writes it: all strings in quotes, or as a block if they have several lines.

See https://developer.hashicorp.com/terraform/language/functions/yamlencode.
"""

from __future__ import annotations

import re

from plainwork_core.hcl.read.conversions import kind, to_text
from plainwork_core.hcl.read.errors import Unsupported
from plainwork_core.model.values import Value

_WIDTH = 80
_LONGEST_KEY = 100
_LITERAL = re.compile(r"[\t -~\u00a1-\u1fff\u3001-\ud7ff]*")
_BLOCK = re.compile(r"[!-~\u00a1-\u1fff](?:[ -~\u00a1-\u1fff\u3001-\ud7ff]|\n)*")
_ESCAPED = str.maketrans({'"': '\\"', "\\": "\\\\", "\t": "\\t"})


def write_yaml(value: Value) -> str:
    """Return *value*, all known, as a YAML document.

    Raises:
        Unsupported: it has a string that is written in a way that is not known.
    """
    text = "\n".join(_lines(value, ""))
    return f"{text}\n...\n" if kind(value) in ("number", "bool", "null") else f"{text}\n"


def _lines(value: Value, indent: str) -> list[str]:
    """Return the lines of *value*, the first without its *indent*."""
    if isinstance(value, dict) and value:
        members = [line for key, member in sorted(value.items()) for line in _member(key, member, indent)]
        return [members[0].removeprefix(indent), *members[1:]]
    if isinstance(value, list) and value:
        return _items(value, indent)
    if isinstance(value, dict | list):
        return ["{}" if isinstance(value, dict) else "[]"]
    if isinstance(value, str):
        return _text(value, indent)
    return ["null" if value is None else to_text(value)]


def _items(members: list[Value], indent: str) -> list[str]:
    found: list[str] = []
    for member in members:
        first, *others = _lines(member, f"{indent}  ")
        if isinstance(member, str) and others:
            others = [line.removeprefix("  ") for line in others]
        found += [f"{indent}- {first}", *others]
    return [found[0].removeprefix(indent), *found[1:]]


def _member(key: str, value: Value, indent: str) -> list[str]:
    if "\n" in key or len(key) > _LONGEST_KEY:
        raise Unsupported("on a key that is long or has several lines")
    [name] = _text(key, indent)
    if isinstance(value, dict) and value:
        inner = f"{indent}  "
        first, *others = _lines(value, inner)
        return [f"{indent}{name}:", inner + first, *others]
    if isinstance(value, list) and value:
        first, *others = _lines(value, indent)
        return [f"{indent}{name}:", indent + first, *others]
    first, *others = _lines(value, indent)
    if len(first) + len(indent) + len(name) > _WIDTH:
        raise Unsupported("on a line that is folded")
    return [f"{indent}{name}: {first}", *others]


def _text(text: str, indent: str) -> list[str]:
    if "\n" in text:
        return _block(text, indent)
    if not _LITERAL.fullmatch(text):
        raise Unsupported("on such characters")
    if len(text) + len(indent) > _WIDTH - 4 and " " in text:
        raise Unsupported("on a line that is folded")
    return [f'"{text.translate(_ESCAPED)}"']


def _block(text: str, indent: str) -> list[str]:
    if not _BLOCK.fullmatch(text) or " \n" in text or text.endswith(" "):
        raise Unsupported("on such lines")
    lines = text.removesuffix("\n").split("\n")
    mark = "|-" if not text.endswith("\n") else "|+" if text.endswith("\n\n") else "|"
    return [mark, *(f"{indent}  {line}" if line else "" for line in lines)]
