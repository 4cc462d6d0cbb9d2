"""Terraform's own functions over plain data with references in it, which CDKTF's `Fn` would take for text."""

from __future__ import annotations

from typing import Any

from plainwork.references import Reference, expression
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.write.errors import RenderError
from plainwork_core.hcl.write.spacing import one_line
from plainwork_core.hcl.write.values import template


def jsonencode(value: Any) -> Reference:
    """`jsonencode(...)` of a value, references included: `jsonencode([{"image": repository["repository_url"]}])`.

    https://developer.hashicorp.com/terraform/language/functions/jsonencode

    Args:
        value: strings, numbers, bools, None, lists and dicts. A string is a template, as everywhere in a resource: for
            a literal `${` write `$${`.

    Raises:
        RenderError: it contains another type, or a template with a syntax error.
    """
    try:
        return expression(f"jsonencode({one_line(template(value))})")
    except HclError as error:
        raise RenderError(f"jsonencode of {value!r}: {error}") from None
