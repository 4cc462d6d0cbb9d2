"""Mutations of the inputs of `tools.fuzz`: of text, and of the values in a JSON document."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

TEXTS = [
    *('"', "${", "}", "%{ if x }", "%{ for a in b }", "%{ endfor ~}", "<<-X\n", "\n", "\\", "*", "=", ",", "...", "/*"),
    *("null", "true", "-1", "0.1", "1e999", "9" * 5000, "[" * 300, "]" * 300, "{", "each.key", "count.index", "self"),
    *("\ufeff", "\x00", "é", "😀", "\u2028", "\\ud800", "$${", "jsonencode(", 'jsondecode("{")', "var.x", "local.x"),
    *('dynamic "x" {', 'format("%9999999d", 1)', "for_each = toset(range(9))", 'count = "x"', "[for a in b : a]", "?"),
]
VALUES: list[Any] = [
    *(
        None,
        True,
        7,
        -1,
        0.5,
        10**400,
        "",
        "x",
        "*",
        "${x}",
        "${each.key}",
        "%{ if",
        "{",
        '{"Statement": [[]]}',
        "\ud800",
    ),
    *([], {}, [None], [[]], ["x", 7], {"k": "v"}, {"": None}, {"Statement": {"Effect": 1, "Action": {"x": []}}}),
]


@st.composite
def mutated_text(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """Return a text with some spans replaced: by another of its spans, by nothing, or by one of `TEXTS`."""
    text = draw(texts)
    for _ in range(draw(st.integers(1, 4))):
        start, size = draw(st.integers(0, len(text))), draw(st.integers(0, 60))
        other = draw(st.integers(0, len(text)))
        inserted = draw(st.sampled_from([text[other : other + size], "", *TEXTS]))
        text = text[:start] + inserted + text[start + draw(st.integers(0, 60)) :]
    return text


@st.composite
def mutated_json(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """Return a document with some values replaced, removed or repeated."""
    document = json.loads(draw(texts))
    for _ in range(draw(st.integers(1, 4))):
        container, key = draw(st.sampled_from(places(document)))
        value = deepcopy(draw(st.sampled_from(VALUES)))
        if draw(st.booleans()) and isinstance(container, dict):
            del container[key]
        elif isinstance(container, list) and draw(st.booleans()):
            container.append(value)
        else:
            container[key] = value
    return json.dumps(document, indent=1)


def places(document: Any) -> list[tuple[Any, Any]]:
    """Return each container in *document* with each of its keys or indices."""
    found: list[tuple[Any, Any]] = []
    left = [document]
    while left:
        container = left.pop()
        keys = list(container) if isinstance(container, dict) else range(len(container))
        found += [(container, key) for key in keys]
        left += [container[key] for key in keys if isinstance(container[key], dict | list)]
    return found or [({"": document}, "")]
