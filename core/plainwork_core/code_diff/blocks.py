"""The blocks of two versions of a module: pairs them by address, by `moved` blocks and by content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plainwork_core.addresses import without_keys
from plainwork_core.code_diff.arguments import Arguments
from plainwork_core.code_diff.declared import Declared
from plainwork_core.code_diff.model import BlockChange, Verb
from plainwork_core.code_diff.renames import renames
from plainwork_core.diff.line import Line
from plainwork_core.diff.masking import Writer
from plainwork_core.secrets import hiding, secrets_of_block, secrets_of_resource

_IN_AWS = ("resource", "module")
"""Blocks of which Terraform has a state."""


class Blocks:
    """Two versions of a module.

    Args:
        before: the blocks of the old version; those that are equal in both may be absent from both.
        after: those of the new one.
    """

    def __init__(self, before: Sequence[Declared], after: Sequence[Declared]) -> None:
        self._old, self._new = _by_key(before), _by_key(after)
        hide = hiding(secret for block in (*before, *after) for secret in _secrets(block))
        self._write = Writer(hide, omit=False)
        self._moved = dict(_moved_from(after))
        self._forgotten = dict(_removed(after))
        self._former = self._pairs()
        renamed = ((old[0], block) for key, block in self._new.items() if (old := self._former.get(key, key)) != key)
        kept = {old: block.address for old, block in renamed if self._is_kept(old, block)}
        self._arguments = Arguments(self._write, kept)

    def changes(self) -> Iterator[BlockChange]:
        """Yield the blocks that differ, in the order of the new version, and then those that are gone."""
        for key, block in self._new.items():
            former = self._former.get(key)
            if former is None:
                yield self._added(block)
            elif change := self._changed(self._old[former], block):
                yield change
        taken = set(self._former.values())
        yield from (self._removed(block) for key, block in self._old.items() if key not in taken)

    def _pairs(self) -> dict[tuple[str, int], tuple[str, int]]:
        """Return the old key of each new block that has one."""
        found = {key: key for key in self._new if key in self._old}
        gone = {key for key in self._old if key not in found}
        for key in self._new:
            before = (without_keys(self._moved.get(key[0], "")), key[1])
            if key not in found and before in gone:
                found[key] = before
                gone.discard(before)
        added = {key: block for key, block in self._new.items() if key not in found}
        return found | renames({key: self._old[key] for key in self._old if key in gone}, added)

    def _is_kept(self, former: str, block: Declared) -> bool:
        """Return whether a block with another address stays the same: it has no state, or a `moved` block."""
        return block.kind not in _IN_AWS or former == without_keys(self._moved.get(block.address, ""))

    def _changed(self, old: Declared, new: Declared) -> BlockChange | None:
        lines = self._arguments.differences(old, new)
        former = old.address if old.address != new.address else ""
        if not lines and not former:
            return None
        verb: Verb = "replace" if any(line.forces for line in lines) else "update" if lines else "none"
        notes = []
        if former and self._is_kept(former, new):
            notes = [f"{'moved' if new.kind in _IN_AWS else 'renamed'} from `{former}`"]
        elif former:
            verb = "replace"
            notes = [f"renamed from `{former}` without a `moved` block: Terraform deletes it and creates another one"]
        return self._change(new, verb, lines, notes, former)

    def _added(self, block: Declared) -> BlockChange:
        moved = self._moved.get(block.address, "")
        notes = [f"moved from `{moved}`"] if moved else []
        return self._change(block, "create", self._arguments.of_one(block, "+"), notes)

    def _removed(self, block: Declared) -> BlockChange:
        verb: Verb = "delete"
        notes = []
        if block.kind in _IN_AWS and block.address in self._forgotten:
            keeps = self._forgotten[block.address]
            verb = "forget" if keeps else "delete"
            notes = ["removed from the state, and stays in AWS"] if keeps else []
        return self._change(block, verb, self._arguments.of_one(block, "-"), notes)

    def _change(
        self, block: Declared, verb: Verb, lines: Iterable[Line], notes: Iterable[str], former: str = ""
    ) -> BlockChange:
        write = self._write.text
        place = block.location if verb not in ("delete", "forget") else None
        return BlockChange(
            write(block.address),
            block.kind,
            block.type,
            verb,
            tuple(lines),
            tuple(map(write, notes)),
            place,
            write(block.section),
            write(former),
        )


def _by_key(blocks: Iterable[Declared]) -> dict[tuple[str, int], Declared]:
    """Return *blocks* by address and number: an address may be declared twice, as in an override file."""
    numbers: dict[str, int] = defaultdict(int)
    found = {}
    for block in blocks:
        found[(block.address, numbers[block.address])] = block
        numbers[block.address] += 1
    return found


def _moved_from(blocks: Iterable[Declared]) -> Iterator[tuple[str, str]]:
    """Yield the new and the old address of each `moved` block, the new one without keys."""
    for block in blocks:
        before, after = block.values.get("from"), block.values.get("to")
        if block.kind == "moved" and isinstance(before, str) and isinstance(after, str):
            yield without_keys(after), before


def _removed(blocks: Iterable[Declared]) -> Iterator[tuple[str, bool]]:
    """Yield the address of each `removed` block, and whether the resource stays in AWS."""
    for block in blocks:
        address, lifecycle = block.values.get("from"), block.values.get("lifecycle")
        if block.kind == "removed" and isinstance(address, str):
            options: Mapping[str, object] = {}
            if isinstance(lifecycle, list) and lifecycle and isinstance(lifecycle[0], dict):
                options = lifecycle[0]
            yield without_keys(address), options.get("destroy") is False


def _secrets(block: Declared) -> Iterator[str]:
    if block.kind == "resource":
        return (text for text in secrets_of_resource(block.type, block.values, ()) if "${" not in text)
    if block.kind in ("provider", "backend"):
        return (text for text in secrets_of_block(block.values) if "${" not in text)
    return iter(())
