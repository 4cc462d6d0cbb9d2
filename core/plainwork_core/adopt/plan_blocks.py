"""Blocks of a plan's configuration, with the values that the plan has for their arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from plainwork_core.adopt.plan_values import UNKNOWN, Values, expression, leaves, literal
from plainwork_core.aws.redundant_arguments import RedundantArguments, redundant_arguments

if TYPE_CHECKING:
    from plainwork_core.schema import BlockSchema

_EMPTY: tuple[Any, ...] = (None, "", [], {})
"""Values of arguments that are not set."""
_EXPRESSION = {"constant_value", "references"}


@dataclass
class Blocks:
    """Makes the body of each block.

    Attributes:
        values: of the plan.
        major: version of the AWS provider.
        problems: what the plan does not have.
        notes: what is not certain.
    """

    values: Values
    major: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def body(
        self, given: Mapping[str, Any], planned: Any, own: Mapping[str, Any], path: str, schema: BlockSchema | None
    ) -> dict[str, Any]:
        """Return the arguments and nested blocks of a block.

        Args:
            given: its expressions in the configuration.
            planned: its values; `UNKNOWN` if there are none.
            own: the values of `each` and `count`.
            path: of the block, for messages.
            schema: of the block; None if it has none.
        """
        body: dict[str, Any] = {}
        for name, inner in given.items():
            value = planned.get(name, UNKNOWN) if isinstance(planned, Mapping) else UNKNOWN
            nested = schema.blocks.get(name) if schema else None
            below = nested.block if nested else None
            if isinstance(inner, list):
                body[name] = [self.body(one, _fitting(one, value), own, f"{path}.{name}", below) for one in inner]
            elif not inner.keys() <= _EXPRESSION:
                body[name] = self.body(inner, _fitting(inner, value), own, f"{path}.{name}", below)
            else:
                attribute = schema.attributes.get(name) if schema else None
                is_sensitive = attribute is not None and attribute.sensitive
                body[name] = self.argument(inner, value, own, f"{path}.{name}", is_sensitive=is_sensitive)
        return {**body, **self._of_dynamic(body, planned, path, schema)}

    def _of_dynamic(
        self, body: Mapping[str, Any], planned: Any, path: str, schema: BlockSchema | None
    ) -> dict[str, Any]:
        """Return the nested blocks that only the values have: those that `dynamic` made."""
        if schema is None or not isinstance(planned, Mapping):
            return {}
        type_, _, *around = path.split(".")
        redundant = redundant_arguments(type_, self.major)
        names = [name for name in schema.blocks if name not in body and planned.get(name)]
        return {name: _settable(planned[name], schema.blocks[name].block, (*around, name), redundant) for name in names}

    def argument(
        self, given: Mapping[str, Any], planned: Any, own: Mapping[str, Any], path: str, *, is_sensitive: bool = False
    ) -> Any:
        """Return an expression in Terraform's JSON syntax; None, and a problem, if the plan does not have it."""
        if "constant_value" in given:
            return literal(given["constant_value"])
        if planned is UNKNOWN:
            return self._unknown(given, path)
        names = leaves(given.get("references", ()))
        known = {name: value for name in names if (value := self.values.of(name, own)) is not UNKNOWN}
        written = expression(planned, known)
        if is_sensitive and planned is not None and "${" not in str(written):
            self.problems.append(f"{path}: the value is sensitive, and its expression is not in the plan")
            return None
        return written

    def _unknown(self, given: Mapping[str, Any], path: str) -> Any:
        """Return the only reference of an argument of a provider, whose values no plan has."""
        names = leaves(given.get("references", ()))
        if len(names) == 1 and path.startswith("provider."):
            self.notes.append(f"{path} refers to `{names[0]}`; whether its expression has more is not in the plan")
            return f"${{{names[0]}}}"
        self.problems.append(f"{path}: neither its value nor its expression is in the plan")
        return None


def _fitting(given: Mapping[str, Any], planned: Any) -> Any:
    """Return the values of a nested block: the only ones that have its constants, because a set has no order."""
    constants = {name: one["constant_value"] for name, one in given.items() if "constant_value" in one}
    blocks = [block for block in (planned if isinstance(planned, list) else [planned]) if isinstance(block, Mapping)]
    found = [block for block in blocks if all(block.get(name) == value for name, value in constants.items())]
    return found[0] if len(found) == 1 else UNKNOWN


def _settable(value: Any, schema: BlockSchema, path: tuple[str, ...], redundant: RedundantArguments) -> Any:
    """Return the values of nested blocks that a configuration can set, without those that have no effect."""
    if isinstance(value, list):
        return [_settable(item, schema, path, redundant) for item in value]
    if not isinstance(value, Mapping):
        return value
    nested = {
        name: _settable(value[name], block.block, (*path, name), redundant)
        for name, block in schema.blocks.items()
        if value.get(name)
    }
    settable = (name for name, attribute in schema.attributes.items() if attribute.settable)
    given = {name: item for name in settable if (item := value.get(name)) not in _EMPTY}
    needed = {name: item for name, item in given.items() if not redundant.has(".".join((*path, name)), item)}
    written = needed if needed or nested else given
    return {name: literal(item) for name, item in written.items()} | nested
