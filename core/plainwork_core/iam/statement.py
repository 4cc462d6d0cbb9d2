"""A statement of an IAM policy document, and who holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from plainwork_core.model.stack import Location, Resource
from plainwork_core.model.values import Unknown

Kind = Literal["identity", "resource", "trust", "boundary", "endpoint", "organization", "unused"]
Text = str | Unknown
Texts = tuple[Text, ...]


@dataclass(frozen=True)
class Document:
    """An argument that holds a policy document.

    Args:
        owner: the resource whose argument it is: the consumer, when the document is made by a data source.
        argument: path of the argument, such as `policy` or `inline_policy.0.policy`.
        kind: what the document does there.
            `identity` grants to the identity it is attached to; `resource` grants on the owner to principals;
            `trust` says who may assume a role; `boundary` limits an identity or a session, `endpoint` what passes a VPC
            endpoint, `organization` an account (SCP, RCP), and these three grant nothing;
            `unused` is a data source that no resource of the stack takes as its document, so that nobody can tell.
    """

    owner: Resource
    argument: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Principal:
    """One principal: `type` is `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` where the document says `"*"`."""

    type: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: `StringEquals` (operator) of `aws:PrincipalOrgID` (key) with any of *values*."""

    operator: Text
    key: Text
    values: Texts


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement; as a policy's subject its address is the owner's, whatever holds the text.

    A list is a tuple, `()` where the element is absent. An unknown member hides itself and no other; a list that is
    unknown as a whole is a tuple of that one `Unknown`. Of a document that cannot be read there is one statement, whose
    *index* is `None` and whose effect, actions, resources and principals are all unknown, for the one reason.

    Args:
        location: of the statement where the format tells, of the argument otherwise.
        index: place in the document that AWS gets, from 0.
        sid: `""` where there is none.
        effect: `Allow` or `Deny`.
        elements: location of `Action`, `Resource`, ..., where the format tells.
        sensitive: argument of a data source that a plan calls sensitive and that the statement is made of.
    """

    document: Document
    location: Location
    index: int | None
    sid: Text
    effect: Text
    actions: Texts
    not_actions: Texts
    resources: Texts
    not_resources: Texts
    principals: tuple[Principal, ...]
    not_principals: tuple[Principal, ...]
    conditions: tuple[Condition, ...]
    elements: Mapping[str, Location] = field(default_factory=dict)
    sensitive: str | None = None

    @property
    def address(self) -> str:
        """The owner's address."""
        return self.document.owner.address

    @property
    def kind(self) -> Kind:
        """What the document does (`Document`)."""
        return self.document.kind

    @property
    def unread(self) -> Unknown | None:
        """Why nothing of it is known, where it could not be read."""
        return self.effect if isinstance(self.effect, Unknown) and self.actions == (self.effect,) else None

    def at(self, path: str) -> Location:
        """Return where the element that *path* ends in stands, or the statement."""
        return self.elements.get(path.rpartition(".")[2], self.location)

    def sensitive_part(self, _path: str) -> str | None:
        """Return what no finding about this statement may show, whatever element it is about."""
        return self.sensitive

    def doubt(self, *answers: object) -> str | None:
        """Return why nobody can tell whether this statement grants what it names, if so.

        Args:
            answers: what else the verdict rests on; the first `Unknown` among them is a reason too.
        """
        if self.kind == "unused":
            return "no resource of this stack takes the document, so what it grants is unknown"
        return next((answer.reason for answer in (self.effect, *answers) if isinstance(answer, Unknown)), None)

    def path(self, element: str) -> str:
        """Return how findings name an *element* (`Action`, `Resource`, ...): `policy.Statement.0.Action`."""
        if self.index is None:
            return self.document.argument
        return f"{self.document.argument}.Statement.{self.index}.{element}"


def hidden(document: Document, location: Location, why: Unknown, index: int | None = None) -> Statement:
    """Make the statement of which nothing is known but *why*.

    What the document is made of says nothing of any one member, so none of them has its references.
    """
    why = Unknown(why.reason)
    return Statement(
        document=document,
        location=location,
        index=index,
        sid=why,
        effect=why,
        actions=(why,),
        not_actions=(),
        resources=(why,),
        not_resources=(),
        principals=(Principal(why, why),),
        not_principals=(),
        conditions=(),
    )
