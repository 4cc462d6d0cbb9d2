"""The content of a review. Its texts have no secrets; a presenter only escapes and arranges them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from plainwork_core.diff.line import Line
from plainwork_core.frozen import frozen
from plainwork_core.model.blocks import Location
from plainwork_policies.engine.severity import Severity
from plainwork_policies.review.levels import Level, Verb
from plainwork_policies.review.picture_model import Picture

Fold = Literal["tags", "moved", "imported", "forgotten", "after_apply", "same_value", "read", "drift"]


@frozen(slots=True)
class Risk:
    """One change that a reviewer must know first.

    Args:
        level: how bad it is.
        address: of the resource.
        verb: what the plan does to it.
        title: a sentence without an end: `replaces the DynamoDB table`.
        cause: what forces it, a sentence; `""` if the plan does not tell.
        effect: what is lost or stops, a sentence.
        way_back: how to get it back, a sentence; `""` if it does not apply.
        link: the page that states the rule; `""` for none.
        others: the addresses of other resources of which all of it is true, too.
        forcing: the arguments that force a replacement.
    """

    level: Level
    address: str
    verb: Verb
    title: str
    cause: str = ""
    effect: str = ""
    way_back: str = ""
    link: str = ""
    others: tuple[str, ...] = ()
    forcing: tuple[str, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of all its resources."""
        return self.address, *self.others


@frozen(slots=True)
class ReviewedChange:
    """One change of a resource.

    Args:
        address: Terraform's address.
        type: of the resource.
        verb: what the plan does to it.
        lines: the differences.
        unknown: the attributes that are known only after the apply.
        fold: the kind of change that is shown as a number; `None` for a real one.
        place: the Python or HCL line; `None` if it is not known.
        notes: what the change is, such as `moved from aws_vpc.a` or `version upgrade`.
        level: of the worst risk.
    """

    address: str
    type: str
    verb: Verb
    lines: tuple[Line, ...] = ()
    unknown: tuple[str, ...] = ()
    fold: Fold | None = None
    place: Location | None = None
    notes: tuple[str, ...] = ()
    level: Level = Level.CHANGE


@frozen(slots=True)
class Group:
    """The real changes of a construct or a module, the worst first. *kind* is `construct`, `module` or `root`."""

    name: str
    kind: Literal["construct", "module", "root"]
    changes: tuple[ReviewedChange, ...]

    @property
    def level(self) -> Level:
        """The level of its worst change."""
        return min(change.level for change in self.changes)


@frozen(slots=True)
class Access:
    """A line of the access diff.

    Args:
        change: `unknown` is neither gained nor lost.
        principal: an address, an ARN, an account, or the source of connections.
        text: actions, resources and conditions.
        address: of the block with the statement or the rule.
        is_public: whether the principal is everyone, without a condition.
        is_service: whether a service of AWS may assume a role.
        place: the Python or HCL line; `None` if it is not known.
    """

    change: Literal["gained", "lost", "unknown"]
    principal: str
    text: str
    address: str
    is_public: bool = False
    is_service: bool = False
    place: Location | None = None

    @property
    def is_opened(self) -> bool:
        """Whether everyone gains it."""
        return self.is_public and self.change == "gained"

    @property
    def label(self) -> str:
        """What happens, in one to three words."""
        return "open to all" if self.is_opened else self.change


@frozen(slots=True)
class FoundProblem:
    """A finding of a policy on what the plan changes."""

    status: Literal["failed", "not_evaluated", "waived"]
    severity: Severity
    slug: str
    id: str
    url: str
    addresses: tuple[str, ...]
    message: str
    remedy: str = ""
    terms: str = ""
    place: Location | None = None


@frozen(slots=True)
class Quantity:
    """What AWS bills by number: how many there are among the changed resources, before and after."""

    name: str
    before: float
    after: float


@frozen(slots=True)
class Step:
    """What the plan does to one canary."""

    name: str
    status: str
    message: str
    is_ok: bool
    gate: str = ""
    also: tuple[str, ...] = ()


@frozen()
class Review:
    """A review.

    Args:
        source: the file of the plan.
        digest: SHA-256 of the file.
        level: the worst level.
        question: the decision that is asked for.
        summary: a sentence with the worst first.
        counts: the number of resources by verb, and of those that are unchanged.
        risks: irreversible changes and outages, the worst first.
        access: gained, lost, unknown.
        problems: findings: failed, not evaluated, waived.
        unchanged_problems: the number of findings on what the plan does not change.
        known_problems: the number of findings that the base has, too.
        base: with what the findings or the configuration is compared; `""` for nothing.
        configuration: what differs in backend, providers and modules from another revision.
        groups: the real changes.
        folded: the other changes.
        steps: canaries.
        recognized: what the plan is, such as `Version upgrade: ...`.
        quantities: what AWS bills by number.
        picture: of the stack.
        actions: addresses of the actions that the apply invokes.
        outputs: the outputs that change.
        warnings: what a reviewer must know of the plan: it lacks changes, or a check block fails.
        notes: the other notes on the plan.
        terraform_version: which made the plan.
    """

    source: str
    digest: str
    level: Level
    question: str
    summary: str
    counts: tuple[tuple[str, int], ...]
    risks: tuple[Risk, ...] = ()
    access: tuple[Access, ...] = ()
    problems: tuple[FoundProblem, ...] = ()
    unchanged_problems: int = 0
    known_problems: int = 0
    base: str = ""
    configuration: tuple[Line, ...] = ()
    groups: tuple[Group, ...] = ()
    folded: tuple[ReviewedChange, ...] = ()
    steps: tuple[Step, ...] = ()
    recognized: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    picture: Picture = Picture()
    actions: tuple[str, ...] = ()
    outputs: tuple[Line, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    terraform_version: str = ""

    @property
    def changes(self) -> tuple[ReviewedChange, ...]:
        """All changes, also the folded ones."""
        return (*(change for group in self.groups for change in group.changes), *self.folded)

    @property
    def places(self) -> Mapping[str, Location]:
        """The places of the real changes that are known, by address."""
        return {change.address: change.place for group in self.groups for change in group.changes if change.place}
