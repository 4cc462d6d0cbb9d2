"""What is known of one stack while its blocks are created: addresses, providers, Region, versions, Python lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from plainwork.errors import AddressError
from plainwork_core.callers import calling_line
from plainwork_core.frozen import frozen
from plainwork_core.schema.versions import AWS, SchemaChoice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plainwork.terraform.target import Feature, Target
    from plainwork.tree import IConstruct
    from plainwork_core.schema import Mode

LOWEST_VERSION = (1, 10)


@frozen(slots=True)
class EarlyBlock:
    """A resource or data source that was created before the version of the AWS provider is known.

    Attributes:
        address: of the block.
        mode: of the block.
        type: of the resource or data source.
        arguments: as the user wrote them.
        body: that was made of them.
    """

    address: str
    mode: Mode
    type: str
    arguments: Mapping[str, Any]
    body: Mapping[str, Any]


@dataclass(slots=True)
class AddressRegistry:
    """The addresses, warnings and providers of one stack.

    Attributes:
        stack: the id of the stack.
        root: the app, which distinguishes the stacks of one app from those of another.
        addresses: the construct path of each address, in the order of creation.
        warnings: the subjects of the warnings that were shown.
        providers: the source and version of each provider.
        regions: the Region of each configuration of the AWS provider, such as `aws.replica`, if it is not a reference.
        account_id: the only account that the default configuration of the AWS provider allows.
        alarm_actions: the `AlarmActions` of the alarms of the stack.
        waivers: of the constructs that have no block yet, by their ids.
        version: the lowest version of the target that has everything that the stack uses.
        early: the blocks that precede the version of the AWS provider, with which they are checked again.
        lines: the Python line that creates each block, by address: absolute path and number.
    outputs: the body of each output, by name.
    """

    stack: str
    root: IConstruct
    addresses: dict[str, str] = field(default_factory=dict)
    warnings: set[str] = field(default_factory=set)
    providers: dict[str, dict[str, str]] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)
    account_id: str | None = None
    alarm_actions: Any = None
    waivers: dict[tuple[str, ...], list[dict[str, str]]] = field(default_factory=dict)
    version: tuple[int, ...] = LOWEST_VERSION
    early: list[EarlyBlock] = field(default_factory=list)
    lines: dict[str, tuple[str, int]] = field(default_factory=dict)
    outputs: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def schema_choice(self) -> SchemaChoice:
        """The choice of the schema for the version of the AWS provider that the stack requires."""
        return SchemaChoice(self.providers.get(AWS, {}).get("version", ""))

    @property
    def target(self) -> Target:
        """The target of the app; that of an app of CDKTF itself is Terraform."""
        target: Target = getattr(self.root, "target", "terraform")
        return target

    def require(self, features: Iterable[Feature]) -> list[str]:
        """Require the versions that have the features, and return a sentence for each that the target does not have."""
        problems = []
        for feature in features:
            if version := feature.version(self.target):
                self.version = max(self.version, tuple(map(int, version.split("."))))
            else:
                problems.append(feature.problem(self.target))
        return problems

    def register(self, address: str, path: str, *, kind: str = "", remedy: str = "change one of the ids") -> int:
        """Register an address and return its position in the stack, from 1.

        Args:
            address: such as `aws_s3_bucket.state` or `output.bucket`.
            path: of the construct.
            kind: of the block, where the address does not begin with it: `resource`.
            remedy: for a duplicate.

        Raises:
            AddressError: the address is registered already.
        """
        if address in self.addresses:
            raise AddressError(
                f"duplicate {f'{kind} ' if kind else ''}{address} in stack {self.stack!r}: "
                f"{self.addresses[address]!r} and {path!r}; {remedy}"
            )
        self.addresses[address] = path
        self.record_line(address)
        return len(self.addresses)

    def record_line(self, address: str) -> None:
        """Record the Python line that creates the block."""
        if line := calling_line():
            self.lines[address] = line

    def is_first_warning(self, subject: str) -> bool:
        """Return whether there was no warning about the subject yet; records it."""
        is_first = subject not in self.warnings
        self.warnings.add(subject)
        return is_first
