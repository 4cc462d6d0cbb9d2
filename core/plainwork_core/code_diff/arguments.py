"""The differences of the arguments of a block, as safe lines, with what each may replace."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Literal

from plainwork_core.aws.computed_arguments import computed_arguments
from plainwork_core.aws.replacing_arguments import Replacing, knows, replacing
from plainwork_core.code_diff import exact
from plainwork_core.code_diff.declared import Declared
from plainwork_core.diff.difference import Difference
from plainwork_core.diff.line import SIGNS, Line, Sign
from plainwork_core.diff.masking import Writer, hidden, marked
from plainwork_core.diff.pairs import form
from plainwork_core.diff.values import differences
from plainwork_core.hcl.ignored_arguments import ALL
from plainwork_core.model.values import Value
from plainwork_core.secrets import is_secret_name

_NAMED = ("variable", "local", "output", "variables file")
"""Blocks whose name tells whether their value is a secret."""
_VALUES = ("default", "value")
Effect = Replacing | Literal["unknown"]
_NOTES = {"may": "may force a replacement", "unknown": "not known whether it forces a replacement"}
_DYNAMIC = "dynamic."
_LONGEST = 20_000
"""Characters of a value that a diff shows."""
_SHORT = 200
"""The same of a value that is written in another form."""


class Arguments:
    """Makes the lines of blocks.

    Args:
        write: writes values without secrets.
        renamed: the new address of each block that has another one.
    """

    def __init__(self, write: Writer, renamed: Mapping[str, str]) -> None:
        self._write = write
        self._renamed = {old: new for old, new in renamed.items() if old != new}
        names = sorted(map(re.escape, self._renamed), key=len, reverse=True)
        self._names = re.compile(rf"(?<![\w.-])(?:{'|'.join(names)})(?![\w-])") if names else None

    def differences(self, old: Declared, new: Declared) -> tuple[Line, ...]:
        """Return the differences of two versions of a block, those that force its replacement first."""
        is_sensitive = any(block.values.get("sensitive") is True for block in (old, new))
        before, after = (without_secrets(block, is_sensitive=is_sensitive) for block in (old, new))
        before, after = exact.told_apart(before, after, new.kind)
        lines: list[Line] = []
        for name in {**new.values, **old.values}:
            if _is_same(name, old.values, new.values):
                continue
            found = list(differences(before.get(name), after.get(name), (name,)))
            lines += [self._line(one, new) for one in found] or [self._same(name, old, new)]
        return tuple(sorted(lines, key=lambda line: not line.forces))

    def of_one(self, block: Declared, sign: Sign) -> tuple[Line, ...]:
        """Return the arguments of a block that is added or removed."""
        values = without_secrets(block)
        texts = ((name, self._write.value(value, _LONGEST) or _form(value)) for name, value in values.items())
        added = sign == "+"
        return tuple(
            Line(sign, self._write.text(name), "" if added else text, text if added else "") for name, text in texts
        )

    def _line(self, found: Difference, new: Declared) -> Line:
        text = self._write.lines(found.lines)
        before, after = ("" if text else self._write.value(side, _LONGEST) for side in (found.before, found.after))
        effect = replacement(found, new) if new.kind == "resource" else None
        note = _NOTES.get(effect or "", "")
        if self._is_rename(found):
            effect, note = None, "the same block under its new address"
        return Line(SIGNS[found.kind], self._write.text(found.argument), before, after, text, effect == "forces", note)

    def _is_rename(self, found: Difference) -> bool:
        """Return whether the values are equal but for the address of a block that is renamed."""
        if self._names is None or found.before is None or found.after is None:
            return False
        before = self._names.sub(lambda match: self._renamed[match[0]], form(found.before))
        return before == form(found.after)

    def _same(self, name: str, old: Declared, new: Declared) -> Line:
        """Return the line of an argument whose value has the same meaning and another form."""
        texts = [_form(side.values[name]) if name in side.values else "" for side in (old, new)]
        if is_secret_name(name) or any(len(text) > _SHORT or "${" in text for text in texts):
            texts = ["", ""]
        before, after = map(self._write.text, texts)
        sign: Sign = "+" if name not in old.values else "-" if name not in new.values else "~"
        return Line(sign, self._write.text(name), before, after, note="the same value in another form")


def without_secrets(block: Declared, *, is_sensitive: bool = False) -> Mapping[str, Value]:
    """Return the arguments of *block* with `Sensitive` in place of each secret.

    Args:
        block: in one version.
        is_sensitive: whether the variable or output is marked as sensitive in the other version.
    """
    is_sensitive = is_sensitive or block.values.get("sensitive") is True
    values = marked(block.values, block.type if block.kind == "resource" else "")
    if not isinstance(values, Mapping):
        return {}
    if block.kind in _NAMED and (is_secret_name(block.name) or is_sensitive):
        return {**values, **{name: hidden(block.values[name]) for name in _VALUES if name in values}}
    return values


def replacement(found: Difference, new: Declared) -> Effect | None:
    """Return whether the difference forces a replacement, or may; `None` if no plan of the provider has shown it."""
    if not new.ignored.isdisjoint((found.path[0], ALL)):
        return None
    path = _names(found)
    effect = replacing(new.type, path, found.before if found.after is None else found.after)
    if effect is None:
        return "unknown" if knows(new.type) and not knows(new.type, path) else None
    return "may" if effect == "forces" and (_may_be_equal(found) or _may_be_kept(found, new)) else effect


def _names(found: Difference) -> tuple[str, ...]:
    """Return the path of a difference as in the schema: without keys of lists, and as if no block were `dynamic`."""
    names: list[str] = []
    is_dynamic = False
    for step in found.path:
        if not step.startswith("[") and not (is_dynamic and step == "content"):
            names.append(step.removeprefix(_DYNAMIC))
            is_dynamic = step.startswith(_DYNAMIC)
    return tuple(names)


def _may_be_kept(found: Difference, block: Declared) -> bool:
    """Return whether the provider has a value for the argument where the configuration does not set it."""
    computed = computed_arguments(block.type)
    return found.kind in ("added", "removed") and _names(found)[0] in (*computed.arguments, *computed.blocks)


def _may_be_equal(found: Difference) -> bool:
    """Return whether both values may be the same to the provider: an expression, or an empty value and its default."""
    sides = (found.before, found.after)
    return any("${" in form(side) or exact.is_empty(side) for side in sides)


def _is_same(name: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> bool:
    return (name in before) == (name in after) and form(before.get(name)) == form(after.get(name))


def _form(value: Value) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)
