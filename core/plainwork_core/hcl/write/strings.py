"""Strings of Terraform's JSON syntax as trees of the writer, and syntax trees as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plainwork_core.hcl.syntax import parse_template, parse_value
from plainwork_core.hcl.syntax.literals import BYTE_ORDER_MARK
from plainwork_core.hcl.write.expressions import key_of, literal, literal_key, pieces_of, tree
from plainwork_core.hcl.write.spacing import one_line
from plainwork_core.hcl.write.templates import unquoted
from plainwork_core.hcl.write.tree import Atom

if TYPE_CHECKING:
    from plainwork_core.hcl.syntax import nodes
    from plainwork_core.hcl.write.tree import Expression

_REFERENCE = re.compile(r"\$\{([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\[\d+\])*)\}", re.ASCII)


def reference(text: str) -> Expression:
    """Return the tree of a bare expression, with or without `${` and `}` around it.

    Raises:
        plainwork_core.hcl.syntax.HclError: the text is not an expression.
    """
    match = _REFERENCE.fullmatch(text)
    return (Atom("name", match[1]),) if match else template(text) if text.startswith("${") else tree(parse_value(text))


def template(text: str) -> Expression:
    """Return a string of Terraform's JSON syntax: a template, or an expression where all of it is one `${ }`.

    Raises:
        plainwork_core.hcl.syntax.HclError: the text is not a template.
    """
    if "{" not in text:
        return literal(text.removeprefix(BYTE_ORDER_MARK))
    if match := _REFERENCE.fullmatch(text):
        return (Atom("name", match[1]),)
    return tree(parse_template(text))


def template_key(text: str) -> Expression:
    """Return the key of an object in Terraform's JSON syntax, which is a template too."""
    return key_of(parse_template(text)) if "{" in text else literal_key(text.removeprefix(BYTE_ORDER_MARK))


def expression_text(node: nodes.Expression) -> str:
    """Return *node* as HCL on one line, which parses to an equal node."""
    return one_line(tree(node))


def template_text(node: nodes.Expression) -> str:
    """Return *node* as a string of Terraform's JSON syntax, which parses to an equal node."""
    text = unquoted(list(pieces_of(node)))
    return BYTE_ORDER_MARK + text if text.startswith(BYTE_ORDER_MARK) else text
