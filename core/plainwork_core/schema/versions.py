"""Which version of the AWS provider a stack uses, of those whose schemas are shipped, and what only another one has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from plainwork_core.frozen import frozen
from plainwork_core.schema.store import SHIPPED, Schema, load
from plainwork_core.version_constraints import may_be_from

if TYPE_CHECKING:
    from plainwork_core.schema.model import BlockSchema, Mode

AWS = "aws"
_WITH_REGIONS = 6


@frozen(slots=True)
class SchemaChoice:
    """The shipped schema that a version constraint selects.

    Attributes:
        required: the constraint on the AWS provider, such as `~> 5.100`; empty where there is none.
    """

    required: str = ""

    @property
    def version(self) -> str:
        """The newest shipped version whose major version the constraint allows, or else the oldest."""
        return _version(self.required)

    @property
    def major(self) -> int:
        """The major version of `version`; 0 if the constraint excludes it."""
        major = _major(self.version)
        return major if may_be_from(self.required, (major, 0, 0)) else 0

    @property
    def has_regions(self) -> bool:
        """Whether resources have the argument `region`, as they have from provider 6 on."""
        return _major(self.version) >= _WITH_REGIONS

    def schema(self) -> Schema:
        """Return the schema of this version, preceded by the user's own.

        Raises:
            SchemaError: see `plainwork_core.schema.load`.
        """
        return load(self.version)

    def difference(self, mode: Mode, type_: str, path: str = "") -> str:
        """Return a sentence if another version has the type, or its argument at a dotted path; else nothing."""
        has = {version: _has(load(version).block(mode, type_), path) for version in SHIPPED}
        others = [version for version in SHIPPED if has[version] and version != self.version]
        if not others or has[self.version]:
            return ""
        is_newer = list(SHIPPED).index(others[0]) < list(SHIPPED).index(self.version)
        change = "came with" if is_newer else "was removed in"
        return f"`{path or type_}` {change} provider {_major(others[0] if is_newer else self.version)}; {self._reason}"

    @property
    def _reason(self) -> str:
        if self.required:
            return f"this stack requires `{self.required}`"
        return f"this stack has no version constraint, and the newest provider is {self.version}"


def choice_of(config: Mapping[str, Any]) -> SchemaChoice:
    """Return the choice of a configuration in Terraform's JSON syntax."""
    entries = (
        required[AWS]
        for block in _blocks(config.get("terraform"))
        for required in _blocks(block.get("required_providers"))
        if AWS in required
    )
    entry = next(entries, "")
    version = entry.get("version") if isinstance(entry, Mapping) else entry
    return SchemaChoice(version if isinstance(version, str) else "")


@cache
def _version(required: str) -> str:
    allowed = (version for version in SHIPPED if may_be_from(required, (_major(version), 0, 0)))
    return next(allowed, list(SHIPPED)[-1])


def _blocks(value: Any) -> list[Mapping[str, Any]]:
    return [block for block in (value if isinstance(value, list) else [value]) if isinstance(block, Mapping)]


def _has(block: BlockSchema | None, path: str) -> bool:
    """Return whether the block exists, with a settable argument or a nested block at *path*."""
    if block is None or not path:
        return block is not None
    name, _, inner = path.partition(".")
    if inner:
        return name in block.blocks and _has(block.blocks[name].block, inner)
    return name in block.settable_names


def _major(version: str) -> int:
    return int(version.partition(".")[0])
