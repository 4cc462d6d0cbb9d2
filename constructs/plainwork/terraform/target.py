"""Whether a stack is for Terraform or OpenTofu, and the lowest version that has everything that it uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from plainwork_core.frozen import frozen
from plainwork_core.hcl.definitions import Since
from plainwork_core.hcl.expressions import scan

if TYPE_CHECKING:
    from plainwork_core.hcl.definitions import Argument, Block
    from plainwork_core.schema import BlockSchema

Target: TypeAlias = Literal["terraform", "opentofu"]

PROGRAMS: dict[Target, str] = {"terraform": "Terraform", "opentofu": "OpenTofu"}
WRITE_ONLY = Since("1.11", "1.11")
_OTHER: dict[Target, Target] = {"terraform": "opentofu", "opentofu": "terraform"}


@frozen(slots=True)
class Feature:
    """A part of the language in a block.

    Attributes:
        subject: what the messages call it: "`lifecycle.enabled` is an argument".
        since: the first versions that have it.
    """

    subject: str
    since: Since

    def version(self, target: Target) -> str | None:
        """Return the first version of the target that has it, such as `1.12`; None if no version has it."""
        return self.since.opentofu if target == "opentofu" else self.since.terraform

    def problem(self, target: Target) -> str:
        """Return the message for a target that does not have it."""
        other = _OTHER[target]
        if (version := self.version(other)) is None:
            return self.subject
        names = f"{PROGRAMS[other]} {version}, not of {PROGRAMS[target]}"
        return f"{self.subject} of {names}; for it use App(target={other!r})"


def features(block: Block, body: Mapping[str, Any], name: str) -> Iterator[Feature]:
    """Yield the newer parts of the language that a block uses.

    Args:
        block: its definition.
        body: its content in Terraform's JSON syntax.
        name: of the block, such as `action`.
    """
    if block.since:
        yield Feature(f"`{name}` is a block", block.since)
    yield from _inside(block, body, "")


def write_only_features(schema: BlockSchema | None, body: Mapping[str, Any]) -> Iterator[Feature]:
    """Yield the write-only arguments of a provider in a body."""
    for name, attribute in schema.attributes.items() if schema else ():
        if attribute.write_only and name in body:
            yield Feature(f"`{name}` is a write-only argument", WRITE_ONLY)


def _inside(block: Block, body: Mapping[str, Any], prefix: str) -> Iterator[Feature]:
    for name, value in body.items():
        path = f"{prefix}{name}"
        if argument := block.arguments.get(name):
            yield from _of_argument(argument, path, value)
        elif (nested := block.blocks.get(name)) and not nested.of_provider:
            for index, inner in _bodies(value):
                if nested.since:
                    yield Feature(f"`{path}{index}` is a block", nested.since)
                yield from _inside(nested, inner, f"{path}{index}.")


def _of_argument(argument: Argument, path: str, value: Any) -> Iterator[Feature]:
    if argument.since:
        yield Feature(f"`{path}` is an argument", argument.since)
    for item in value if isinstance(value, list) else ():
        if isinstance(item, str) and (since := argument.values.get(item)):
            yield Feature(f"`{path}` contains {item!r}", since)
    if argument.expression and isinstance(value, str) and scan(value).interpolates:
        literal = f"`{path}` must be a literal value (value {value!r})"
        yield Feature(f"{literal}; an expression is" if argument.expression.opentofu else literal, argument.expression)


def _bodies(value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the index and the body of each block; a single block has no index."""
    if isinstance(value, Mapping):
        yield "", value
    elif isinstance(value, list):
        yield from ((f"[{index}]", inner) for index, inner in enumerate(value) if isinstance(inner, Mapping))
