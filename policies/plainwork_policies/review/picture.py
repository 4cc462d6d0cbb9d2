"""The picture of a stack: what changes, what it refers to, and where each box is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plainwork_core.addresses import without_keys
from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Stack
from plainwork_core.text import count
from plainwork_policies.review.labels import anchor
from plainwork_policies.review.layout import layers
from plainwork_policies.review.levels import Level, Verb
from plainwork_policies.review.model import Group, ReviewedChange
from plainwork_policies.review.nouns import noun
from plainwork_policies.review.picture_model import Node, Picture

_MOST_BOXES = 48
_MOST_NEIGHBORS = 10
_Edges = Mapping[str, Sequence[str]]


def picture_of(groups: Sequence[Group], stack: Stack) -> Picture:
    """Return the picture of the real changes in *groups*: of resources, or of groups if there are many."""
    if stack.configuration is None or not groups:
        return Picture()
    blocks: dict[str, list[ReviewedChange]] = {}
    for change in (change for group in groups for change in group.changes):
        blocks.setdefault(without_keys(change.address), []).append(change)
    edges = {block: stack.configuration.references(block) for block in blocks}
    if len(blocks) > _MOST_BOXES:
        return _of_groups(groups, edges)
    shown = dict.fromkeys(target for targets in edges.values() for target in targets if target not in blocks)
    neighbors = list(shown)[:_MOST_NEIGHBORS]
    boxes = {block: _box(block, changes) for block, changes in blocks.items()}
    boxes |= {block: _Box(block.rpartition(".")[2], _noun(block), "none", Level.NOTHING) for block in neighbors}
    return _picture(boxes, edges, len(shown) - len(neighbors))


@frozen()
class _Box:
    """What a box shows."""

    label: str
    caption: str
    verb: Verb
    level: Level
    anchor: str = ""


def _box(block: str, changes: Sequence[ReviewedChange]) -> _Box:
    worst = min(changes, key=lambda change: change.level)
    number = f" x {len(changes)}" if len(changes) > 1 else ""
    return _Box(f"{block.rpartition('.')[2]}{number}", _noun(block), worst.verb, worst.level, anchor(worst.address))


def _of_groups(groups: Sequence[Group], edges: _Edges) -> Picture:
    """Return a picture with a box for each group, or for each type of the only group."""
    if len(groups) == 1:
        types = dict.fromkeys(change.type for change in groups[0].changes)
        groups = [
            Group(noun(type_), "root", tuple(change for change in groups[0].changes if change.type == type_))
            for type_ in types
        ]
    kept = groups[:_MOST_BOXES]
    owner = {without_keys(change.address): group.name for group in kept for change in group.changes}
    between: dict[str, dict[str, None]] = {}
    for block, targets in edges.items():
        for target in targets:
            pair = owner.get(block, ""), owner.get(target, "")
            if all(pair) and pair[0] != pair[1]:
                between.setdefault(pair[0], {})[pair[1]] = None
    boxes = {group.name: _group_box(group) for group in kept}
    return _picture(boxes, {name: tuple(targets) for name, targets in between.items()}, len(groups) - len(kept))


def _group_box(group: Group) -> _Box:
    worst = group.changes[0]
    return _Box(group.name, count(len(group.changes), "change"), worst.verb, worst.level, anchor(worst.address))


def _picture(boxes: Mapping[str, _Box], edges: _Edges, left_out: int) -> Picture:
    drawn = _direct(
        {key: [target for target in edges.get(key, ()) if target in boxes and target != key] for key in boxes}
    )
    places = layers(drawn)
    nodes = [
        Node(key, box.label, box.caption, box.verb, box.level, *places[key], box.anchor) for key, box in boxes.items()
    ]
    arrows = [
        (target, key) for key, targets in drawn.items() for target in targets if places[target][0] < places[key][0]
    ]
    return Picture(tuple(nodes), tuple(arrows), left_out)


def _direct(edges: _Edges) -> dict[str, list[str]]:
    """Return *edges* without those that another way leads along."""
    behind: dict[str, set[str]] = {}

    def reach(key: str, path: tuple[str, ...]) -> set[str]:
        if key not in behind:
            behind[key] = set()
            for target in edges.get(key, ()):
                if target not in path:
                    behind[key] |= {target, *reach(target, (*path, key))}
        return behind[key]

    return {
        key: [
            target
            for target in targets
            if not any(target in reach(other, (key,)) for other in targets if other != target)
        ]
        for key, targets in edges.items()
    }


def _noun(block: str) -> str:
    *module, type_, _ = block.split(".")
    inside = " ".join(part for part in module if part != "module")
    return f"{noun(type_)}{f' in {inside}' if inside else ''}"
