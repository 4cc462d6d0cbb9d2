"""YAML as Terraform's `yamldecode` reads it."""

from __future__ import annotations

from plainwork_core.hcl.read.encoding import json_decode
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.model.values import Value


def read_yaml(text: str) -> Value:
    """Return the value of the JSON *text*, which is YAML too.

    Raises:
        Unsupported: it is not JSON.
    """
    try:
        return json_decode(text)
    except Rejected:
        raise Unsupported("on YAML that is not JSON") from None
