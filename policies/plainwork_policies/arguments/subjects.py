"""Where the value of an argument comes from: a literal, or a reference."""

from __future__ import annotations

from plainwork_core.addresses import without_keys
from plainwork_core.model.references import names_attribute
from plainwork_core.model.stack import Resource
from plainwork_core.model.values import Unknown, Value, look_up
from plainwork_policies.api import Argument


def written(argument: Argument) -> Value:
    """Return the value as the configuration has it: in a plan, an expression is unknown although its value is not."""
    configuration = argument.block.stack.configuration
    if configuration is None or not isinstance(argument.block.owner, Resource):
        return argument.raw
    arguments = configuration.arguments(without_keys(argument.block.address))
    value = look_up(arguments, argument.path)
    return Unknown("a plan does not show the source of an argument in a module") if value is None else value


def is_generated(value: Unknown) -> bool:
    """Return whether *value* refers only to attributes of resources, data sources and ephemeral resources."""
    references = (reference.removeprefix("ephemeral.") for reference in value.references)
    return names_attribute(Unknown(value.reason, tuple(references)))
