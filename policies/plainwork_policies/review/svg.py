"""The picture of a stack as SVG. Its boxes link to the changes."""

from __future__ import annotations

from plainwork_core.diff.line import ACTION_SIGNS
from plainwork_policies.review import labels
from plainwork_policies.review.levels import Level
from plainwork_policies.review.markup import Markup, joined, tag
from plainwork_policies.review.picture_model import Node, Picture

_WIDTH, _HEIGHT, _GAP_X, _GAP_Y, _MARGIN = 190, 46, 56, 16, 8
_LABEL, _CAPTION = 19, 27
"""Characters that fit in a box."""


def svg(picture: Picture) -> Markup:
    """Return the picture with a legend."""
    width = _MARGIN * 2 + max(_x(node) for node in picture.nodes) + _WIDTH
    height = _MARGIN * 2 + max(_y(node) for node in picture.nodes) + _HEIGHT
    places = {node.key: node for node in picture.nodes}
    edges = [_edge(places[source], places[target]) for source, target in picture.edges]
    image = tag(
        "svg",
        tag("title", "The changed resources, and to the left of each what it refers to"),
        tag("g", joined(edges), class_="edges"),
        joined(_box(node) for node in picture.nodes),
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="group",
        aria_label="Picture of the stack",
    )
    legend = "The arrows lead from what a resource refers to. Gray boxes do not change."
    more = f" {picture.left_out} more are not in the picture." if picture.left_out else ""
    return tag(
        "figure",
        tag("div", image, class_="wide", tabindex="0", role="region", aria_label="Picture of the stack"),
        tag("figcaption", legend + more),
    )


def _x(node: Node) -> int:
    return _MARGIN + node.column * (_WIDTH + _GAP_X)


def _y(node: Node) -> int:
    return _MARGIN + node.row * (_HEIGHT + _GAP_Y)


def _edge(source: Node, target: Node) -> Markup:
    x1, y1 = _x(source) + _WIDTH, _y(source) + _HEIGHT // 2
    x2, y2 = _x(target), _y(target) + _HEIGHT // 2
    middle = (x1 + x2) // 2
    return tag("path", d=f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}")


def _box(node: Node) -> Markup:
    x, y = _x(node), _y(node)
    risky = node.level < Level.CHANGE
    box = [
        tag("title", f"{node.verb} {node.key}" if node.verb != "none" else node.key),
        tag("rect", x=x, y=y, width=_WIDTH, height=_HEIGHT, rx=6),
        tag(
            "text",
            f"{ACTION_SIGNS[node.verb]} {_cut(node.label, _LABEL)}"
            if node.verb != "none"
            else _cut(node.label, _LABEL),
            x=x + 10,
            y=y + 19,
            class_="name",
        ),
        tag("text", _cut(node.caption, _CAPTION), x=x + 10, y=y + 36),
    ]
    class_ = f"node {node.verb} {labels.tone(node.level) if risky else ''}".rstrip()
    return tag("a", box, href=f"#{node.anchor}", class_=class_) if node.anchor else tag("g", box, class_=class_)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
