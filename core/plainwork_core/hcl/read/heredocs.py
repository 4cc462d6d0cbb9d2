"""The lines of JSON in a heredoc."""

from __future__ import annotations

from itertools import accumulate

from plainwork_core.hcl.read.errors import Rejected
from plainwork_core.hcl.read.json_template import HOLE, JsonTemplate
from plainwork_core.hcl.syntax import nodes
from plainwork_core.model.values import Unknown


def json_lines(expression: nodes.Expression) -> dict[str, int]:
    """Return the line of each value by its path in the JSON, such as `Statement.0`; none without JSON in a heredoc."""
    parts = _parts(expression)
    texts = [part.value if _is_text(part) else HOLE.format(index) for index, part in enumerate(parts)]
    if not texts or not texts[0].lstrip().startswith(("{", "[")):
        return {}
    offsets = accumulate(map(len, texts[:-1]), initial=0)
    lines = [
        (offset, part.text_line or part.line) for offset, part in zip(offsets, parts, strict=True) if _is_text(part)
    ]
    template = JsonTemplate("".join(texts), [Unknown("")] * len(parts), lambda text: text, lines)
    try:
        template.value()
    except Rejected:
        return {}
    return template.lines


def _parts(expression: nodes.Expression) -> tuple[nodes.Expression, ...]:
    match expression:
        case nodes.Literal(str(), text_line=text_line) if text_line > expression.line:
            return (expression,)
        case nodes.TemplateExpr((first, *others)) if first.line > expression.line:
            return (first, *others)
    return ()


def _is_text(part: nodes.Expression) -> bool:
    return isinstance(part, nodes.Literal) and isinstance(part.value, str)
