"""Where the value of an argument comes from: a literal, or a reference."""

from __future__ import annotations

import re

from plainwork_core.model.references import names_attribute
from plainwork_core.model.stack import Resource
from plainwork_core.model.values import Unknown, Value, look_up
from plainwork_policies.api import Argument

_INSTANCE_KEY = re.compile(r"\[[^\]]*\]$")


def written(argument: Argument) -> Value:
    """Return the value as the configuration has it: in a plan, an expression is unknown although its value is not."""
    configuration = argument.block.stack.configuration
    if configuration is None or not isinstance(argument.block.owner, Resource):
        return argument.raw
    arguments = configuration.arguments(_INSTANCE_KEY.sub("", argument.block.address))
    value = look_up(arguments, argument.path)
    return Unknown("a plan does not show the source of an argument in a module") if value is None else value


def is_generated(value: Unknown) -> bool:
    """Return whether *value* refers only to attributes of resources, data sources and ephemeral resources."""
    references = (reference.removeprefix("ephemeral.") for reference in value.references)
    return names_attribute(Unknown(value.reason, tuple(references)))
