"""The schema and the major version of the provider that a root module requires."""

from __future__ import annotations

import re
from typing import Any

from plainwork_core.eject import known
from plainwork_core.eject.known import NotLiteral
from plainwork_core.frozen import frozen
from plainwork_core.read.lock_file import locked_providers
from plainwork_core.read.modules import Module
from plainwork_core.schema import Schema
from plainwork_core.schema.versions import choice_of

_ADDRESS = "/hashicorp/aws"


@frozen()
class RequiredProvider:
    """The AWS provider that a root module requires.

    Attributes:
        schema: of the shipped version that fits.
        major: the locked major version, or else that of the schema; 0 if the constraint excludes it.
    """

    schema: Schema
    major: int


def required_provider(root: Module) -> RequiredProvider:
    """Return the provider that *root* requires."""
    required: dict[str, Any] = {}
    for name, (attribute, _) in root.declarations.required_providers.items():
        try:
            required[name] = known.literal_of(attribute.expression)
        except (NotLiteral, TypeError):
            continue
    choice = choice_of({"terraform": {"required_providers": required}})
    locked = (version for name, version in locked_providers(root.directory).items() if name.endswith(_ADDRESS))
    number = re.match(r"\d+", next(locked, ""))
    return RequiredProvider(choice.schema(), int(number[0]) if number else choice.major)
