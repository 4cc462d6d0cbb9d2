"""Strings of parts of which some are known."""

from __future__ import annotations

from plainwork_core.eject.known import Invalid, content, together
from plainwork_core.hcl.read.conversions import to_text
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression


def template(parts: list[Expression], *, line: int = 0) -> Expression:
    """Return the string of *parts*, with neighboring text joined."""
    made = nodes.TemplateExpr(tuple(_joined(parts)), line=line)
    folded = nodes.TemplateExpr(tuple(_joined([content(part) for part in parts])), line=line)
    return together(_only(made), _only(folded), tuple(parts))


def _joined(parts: list[Expression]) -> list[Expression]:
    found: list[Expression] = []
    for part in parts:
        for inner in part.parts if isinstance(part, nodes.TemplateExpr) else (part,):
            if isinstance(inner, nodes.Literal):
                if inner.value is None:
                    raise Invalid("a string has null in it")
                text = to_text(inner.value)
                if found and isinstance(found[-1], nodes.Literal):
                    text = found.pop().value + text
                found += [nodes.Literal(text)] if text else []
            else:
                found.append(inner)
    return found


def _only(node: nodes.TemplateExpr) -> Expression:
    """Return the text of a template that has no insertion, and what it has if that is all."""
    match node.parts:
        case ():
            return nodes.Literal("")
        case (nodes.Literal() as text,):
            return text
        case (nodes.TemplateIf() | nodes.TemplateFor(),):
            return node
        case (only,):
            return only
    return node


def as_template(node: Expression) -> nodes.TemplateExpr:
    """Return the body of a directive, which folding makes text or an insertion if it is nothing else."""
    parts = () if node == nodes.Literal("") else (node,)
    return node if isinstance(node, nodes.TemplateExpr) else nodes.TemplateExpr(parts)
