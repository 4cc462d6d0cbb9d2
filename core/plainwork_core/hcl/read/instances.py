"""The instances of a block with `count` or `for_each`.

https://developer.hashicorp.com/terraform/language/meta-arguments/for_each
"""

from __future__ import annotations

import json

from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.conversions import SetOfValues, kind, to_integer
from plainwork_core.hcl.read.errors import Rejected
from plainwork_core.hcl.read.references import Bound, Scope
from plainwork_core.model.values import Unknown, Value

MOST = 1000
"""Instances of one block; a block with more is one resource for all of them."""


@frozen(slots=True)
class Instance:
    """One instance of a block.

    Attributes:
        block: the address of the block in its module: `aws_subnet.private`.
        scope: of its arguments, in which `each` and `count` have its values.
        key: as in its address: `["a"]`; `""` if the block is not repeated, or for all of its instances.
    """

    block: str
    scope: Scope
    key: str = ""

    @property
    def address(self) -> str:
        """The address in its module: `aws_subnet.private["a"]`."""
        return self.block + self.key


def repeated(address: str, scope: Scope, argument: str, value: Value) -> dict[Value, Instance] | Unknown:
    """Return the instances of the block at *address* by key, an `Unknown` where they are not known.

    Args:
        address: of the block in its module.
        scope: around the block.
        argument: `count` or `for_each`.
        value: of that argument.

    Raises:
        Rejected: a value that Terraform does not accept.
    """
    if isinstance(value, Unknown):
        return value
    members = _counted(value) if argument == "count" else _each(value)
    if len(members) > MOST:
        return Unknown(f"`{argument}` of `{address}` has {len(members):,} instances, and {MOST:,} are evaluated")
    name = "count" if argument == "count" else "each"
    return {key: Instance(address, Bound(scope, {name: values}), f"[{_key(key)}]") for key, values in members.items()}


def _counted(value: Value) -> dict[Value, dict[str, Value]]:
    number = to_integer(value)
    if number < 0:
        raise Rejected("`count` is negative")
    return {index: {"index": index} for index in range(min(number, MOST + 1))}


def _each(value: Value) -> dict[Value, dict[str, Value]]:
    if isinstance(value, dict):
        return {key: {"key": key, "value": member} for key, member in sorted(value.items())}
    if isinstance(value, SetOfValues) and all(isinstance(member, str) for member in value):
        return {member: {"key": member, "value": member} for member in value}
    raise Rejected(f"`for_each` requires a map or a set of strings, not a {kind(value)}")


def _key(key: Value) -> str:
    if isinstance(key, int):
        return str(key)
    return json.dumps(key, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
