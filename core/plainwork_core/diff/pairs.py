"""Pairs the members of two lists of blocks: by their key, and otherwise by what they have in common."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from plainwork_core.frozen import frozen
from plainwork_core.model.values import Value

Block = Mapping[str, Value]
_KEYS = (
    *("Sid", "sid", "name", "Name", "key", "Key", "id", "Id", "rule_id", "identifier", "origin_id", "device_name"),
    *("attribute_name", "path_pattern", "domain_name", "host", "containerPath", "container_path", "sourceVolume"),
    *("priority", "rule_no", "rule_number", "containerPort", "container_port", "port", "availability_zone"),
    *("subnet_id", "cidr_block", "arn", "type", "index_name", "field", "namespace", "service"),
)
"""Arguments that name a block among the others of its list, in the order in which they are tried."""
_RULE = ("protocol", "from_port", "to_port")
_MOST_COMPARED = 2_500
"""Pairs of blocks without a key that are compared with each other."""
_LEAST_COMMON = 0.5
"""The part of the arguments that two blocks without a key have in common if they are one block."""


@frozen(slots=True)
class Pair:
    """A block before and after; `None` for one that is added or removed. *label* names it among the others."""

    label: str
    before: Block | None
    after: Block | None


def pairs(before: Sequence[Block], after: Sequence[Block]) -> list[Pair]:
    """Return the pairs of *before* and *after* that differ, in the order of *after*, and then those removed."""
    old, new = _without_common(before, after)
    key = _key(before, after)
    labels = {id(block): _label(block, key) for block in (*old, *new)}
    if len(before) <= 1 and len(after) <= 1:
        partner = {id(block): id(other) for block, other in zip(new, old, strict=False)}
    else:
        partner = _by_key(old, new, labels) if key else _by_content(old, new)
    by_id = {id(block): block for block in old}
    taken = set(partner.values())
    found = [Pair(labels[id(block)], by_id.get(partner.get(id(block), 0)), block) for block in new]
    return found + [Pair(labels[id(block)], block, None) for block in old if id(block) not in taken]


def form(value: Value) -> str:
    """Return *value* as a text that is equal for equal values, whatever the order of keys."""
    return json.dumps(value, sort_keys=True, default=repr)


def _without_common(before: Sequence[Block], after: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    common = Counter(map(form, before)) & Counter(map(form, after))
    return _without(before, common), _without(after, common)


def _without(blocks: Sequence[Block], common: Counter[str]) -> list[Block]:
    left, kept = Counter(common), []
    for block in blocks:
        key = form(block)
        if left[key]:
            left[key] -= 1
        else:
            kept.append(block)
    return kept


def _key(before: Sequence[Block], after: Sequence[Block]) -> tuple[str, ...]:
    """Return the arguments by which blocks are paired; none if no argument names each block of both lists."""
    for names in (*((name,) for name in _KEYS[:2]), _RULE, *((name,) for name in _KEYS[2:])):
        if all(_names_each(blocks, names) for blocks in (before, after)):
            return names
    return ()


def _names_each(blocks: Sequence[Block], names: tuple[str, ...]) -> bool:
    values = [tuple(block.get(name) for name in names) for block in blocks]
    are_set = all(isinstance(value, (str, int, float)) and value != "" for key in values for value in key)
    return are_set and len(set(values)) == len(values)


def _label(block: Block, key: tuple[str, ...]) -> str:
    if key == _RULE or (not key and all(name in block for name in _RULE)):
        return rule_label(block)
    named = key or tuple(name for name in _KEYS if isinstance(block.get(name), str) and block[name])[:1]
    return " ".join(_short(block.get(name)) for name in named)


def _short(value: Value) -> str:
    """Return the value of a key; of an ARN its last part without an ID that AWS adds: `targetgroup/web`."""
    text = str(value)
    if not text.startswith("arn:"):
        return text
    parts = text.rsplit(":", maxsplit=1)[-1].split("/")
    return "/".join(parts[:2]) if len(parts) > 2 else parts[-1]  # noqa: PLR2004  kind, name and ID


def rule_label(rule: Block) -> str:
    """Return protocol and ports of a security group rule: `tcp 443`."""
    protocol, first, last = (rule.get(name) for name in _RULE)
    if str(protocol) in ("-1", "all"):
        return "all traffic"
    return f"{protocol} {first}" if first == last else f"{protocol} {first}-{last}"


def _by_key(old: Sequence[Block], new: Sequence[Block], labels: Mapping[int, str]) -> dict[int, int]:
    """Return the partner in *old* of each block of *new*, by identity."""
    by_label = {labels[id(block)]: id(block) for block in old}
    return {id(block): by_label[labels[id(block)]] for block in new if labels[id(block)] in by_label}


def _by_content(old: Sequence[Block], new: Sequence[Block]) -> dict[int, int]:
    if len(old) * len(new) > _MOST_COMPARED:
        return {}
    ranked = sorted(_candidates(old, new), key=lambda candidate: -candidate[0])
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, one, other in ranked:
        if id(other) not in found and id(one) not in taken:
            found[id(other)] = id(one)
            taken.add(id(one))
    return found


def _candidates(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[float, Block, Block]]:
    for one in old:
        for other in new:
            if (common := _common(one, other)) >= _LEAST_COMMON and one.get("Effect") == other.get("Effect"):
                yield common, one, other


def _common(one: Block, other: Block) -> float:
    names = [name for name in {**one, **other} if one.get(name) or other.get(name)]
    return sum(one.get(name) == other.get(name) for name in names) / len(names) if names else 0
