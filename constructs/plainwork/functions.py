"""Terraform functions over plain data with references. CDKTF's `Fn` would escape the references."""

from __future__ import annotations

from typing import Any

from plainwork.references import Reference, expression
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.write.errors import RenderError
from plainwork_core.hcl.write.spacing import one_line
from plainwork_core.hcl.write.values import template


def jsonencode(value: Any) -> Reference:
    """Return Terraform's `jsonencode` of a value: `jsonencode([{"image": repository["repository_url"]}])`.

    Terraform encodes the value at apply, so a reference in it can have any type.
    https://developer.hashicorp.com/terraform/language/functions/jsonencode

    Args:
        value: strings, numbers, bools, None, lists and dicts. A string is a template, as in every argument of a
            resource: for a literal `${` use `$${`.

    Returns:
        The expression, such as `${jsonencode([...])}`.

    Raises:
        RenderError: the value contains another type, or a template with a syntax error.
    """
    try:
        return expression(f"jsonencode({one_line(template(value))})")
    except HclError as error:
        raise RenderError(f"jsonencode of {value!r}: {error}") from None
