"""One fix in the text of one file. Only the characters of the fix change; the lines beside it keep their alignment."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from plainwork_core.hcl.syntax.outline import BlockOutline, Entry, members, outline
from plainwork_policies.engine.fixes import AddDefaultTags, Fix, RenameTag, SetArgument

_LITERAL = re.compile(r'"[^"$%\\]*"|true|false|null|-?\d+(?:\.\d+)?')
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_LINE = re.compile(r'(?P<indent>[ \t]*)(?P<name>[\w-]+|"[^"]*")(?P<gap>[ \t]*)=(?P<value>[ \t].*)')
_OPENED = re.compile(r"[\[{(]\s*$|<<")


def fixed(text: str, line: int, fix: Fix) -> str | None:
    """Return *text* with *fix* at *line*; `None` if the text has no unique place for it."""
    start = _offset(text, line)
    root = outline(text)
    if isinstance(fix, SetArgument):
        return _set(text, _block(root, text, start, fix.block), fix.name, fix.value)
    if isinstance(fix, RenameTag):
        return _rename(text, root, start, fix)
    return _add_default_tags(text, line, fix)


def _set(text: str, block: BlockOutline | None, name: str, value: str) -> str | None:
    if block is None:
        return None
    found = next((entry for entry in block.entries if entry.name == name), None)
    if found is None:
        return _insert(text, block.open, block.close, block.entries, f"{name} = {value}")
    if not _LITERAL.fullmatch(text[found.value_start : found.end]):
        return None
    return f"{text[: found.value_start]}{value}{text[found.end :]}"


def _rename(text: str, root: BlockOutline, start: int, fix: RenameTag) -> str | None:
    end = text.find("\n", start) % (len(text) + 1)
    block = next(root.innermost(_first_character(text, start)))
    around = [entry for entry in block.entries if entry.start <= end and start <= entry.end]
    keys = [key for entry in around for key in members(text, entry.value_start, entry.end) if key.name == fix.old]
    on_line = [key for key in keys if start <= key.start <= end]
    found = on_line or keys
    if len(found) != 1:
        return None
    key = found[0]
    is_quoted = text[key.start] == '"' or not _NAME.fullmatch(fix.new)
    new = _string(fix.new) if is_quoted else fix.new
    return _aligned(f"{text[: key.start]}{new}{text[key.name_end :]}", key.start)


def _add_default_tags(text: str, line: int, fix: AddDefaultTags) -> str | None:
    new: str | None = text
    for key, value in fix.tags:
        if new is not None:
            new = _add_default_tag(new, _block(outline(new), new, _offset(new, line), "provider"), key, value)
    return new


def _add_default_tag(text: str, provider: BlockOutline | None, key: str, value: str) -> str | None:
    if provider is None:
        return None
    tag = f"{key if _NAME.fullmatch(key) else _string(key)} = {_string(value)}"
    default_tags = next((block for block in provider.blocks if block.type == "default_tags"), None)
    if default_tags is None:
        return _with_default_tags(text, provider, tag)
    tags = next((entry for entry in default_tags.entries if entry.name == "tags"), None)
    if tags is None or text[tags.value_start] != "{" or text[tags.end - 1] != "}":
        return None
    present = [member for member in members(text, tags.value_start, tags.end) if member.depth == 1]
    if present and "\n" not in text[tags.value_start : tags.end]:
        return f"{text[: present[-1].end]}, {tag}{text[present[-1].end :]}"
    return _insert(text, tags.value_start + 1, tags.end - 1, present, tag)


def _with_default_tags(text: str, provider: BlockOutline, tag: str) -> str:
    """Return *text* with a block `default_tags` at the end of *provider*."""
    indent = _indent(text, provider.start)
    block = "\n".join(f"{indent}  {line}" for line in ("default_tags {", "  tags = {", f"    {tag}", "  }", "}"))
    inside = text[provider.open : provider.close].strip()
    content = f"\n{indent}  {inside}\n" if inside and "\n" not in text[provider.open : provider.close] else ""
    kept = content or text[provider.open : provider.close].rstrip()
    gap = "\n" if content else "\n\n" if inside else "\n"
    return f"{text[: provider.open]}{kept}{gap}{block}\n{indent}{text[provider.close :]}"


def _insert(text: str, opened: int, close: int, entries: Iterable[Entry], line: str) -> str:
    """Return *text* with *line* after the last of *entries*, or as the first line between *opened* and *close*."""
    indent = _indent(text, opened)
    last = max((entry.end for entry in entries), default=opened)
    inside = text[opened:close]
    if "\n" not in inside:
        content = f"{indent}  {inside.strip()}\n" if inside.strip() else ""
        return f"{text[:opened]}\n{content}{indent}  {line}\n{indent}{text[close:]}"
    end = text.find("\n", last)
    own = _indent(text, last) if last != opened else f"{indent}  "
    return _aligned(f"{text[:end]}\n{own}{line}{text[end:]}", end + 1)


def _aligned(text: str, position: int) -> str:
    """Return *text* with the `=` of the line at *position* below that of the lines beside it, as `terraform fmt` does.

    If those are not aligned among each other, they stay as they are.
    """
    lines = text.split("\n")
    number = text.count("\n", 0, position)
    changed = _LINE.fullmatch(lines[number])
    if not changed:
        return text
    group = [number, *_beside(lines, number, -1, changed["indent"]), *_beside(lines, number, 1, changed["indent"])]
    found = {index: match for index in group if (match := _LINE.fullmatch(lines[index]))}
    if len({len(match["name"] + match["gap"]) for index, match in found.items() if index != number}) > 1:
        return text
    width = max(len(match["name"]) for match in found.values())
    for index, match in found.items():
        lines[index] = f"{match['indent']}{match['name']:<{width}} ={match['value']}"
    return "\n".join(lines)


def _beside(lines: list[str], number: int, step: int, indent: str) -> Iterable[int]:
    """Yield the numbers of the lines above or below with a whole argument of the same indentation."""
    index = number + step
    while 0 <= index < len(lines):
        found = _LINE.fullmatch(lines[index])
        if not found or found["indent"] != indent or _OPENED.search(found["value"]):
            return
        yield index
        index += step


def _block(root: BlockOutline, text: str, start: int, type_: str) -> BlockOutline | None:
    around = root.innermost(_first_character(text, start))
    return next((block for block in around if block.type == type_), None)


def _first_character(text: str, start: int) -> int:
    return start + len(text[start:]) - len(text[start:].lstrip(" \t"))


def _string(text: str) -> str:
    """Return *text* as a string of HCL."""
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def _indent(text: str, position: int) -> str:
    line = text[text.rfind("\n", 0, position) + 1 :]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _offset(text: str, line: int) -> int:
    """Return where *line* begins, counted from 1."""
    offset = 0
    for _ in range(line - 1):
        offset = text.find("\n", offset) + 1
    return offset
