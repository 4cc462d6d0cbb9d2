"""Statements of IAM policy documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Location, Resource
from plainwork_core.model.values import Unknown

Kind = Literal["identity", "resource", "trust", "boundary", "endpoint", "organization", "unused"]
Text = str | Unknown
Texts = tuple[Text, ...]
FIELDS: Mapping[str, str] = {
    "Effect": "effect",
    "Action": "actions",
    "NotAction": "not_actions",
    "Resource": "resources",
    "NotResource": "not_resources",
    "Principal": "principals",
    "NotPrincipal": "not_principals",
    "Condition": "conditions",
}
"""The field of `Statement` for each element of the JSON."""
CURRENT_VERSION = "2012-10-17"
"""The version of the policy language that has policy variables.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
"""
FORMER_VERSION = "2008-10-17"
"""The version of a document without `Version`."""


@frozen()
class Document:
    """An argument that is a policy document.

    Args:
        owner: the resource of the argument. If a data source makes the document, the resource that uses it.
        argument: path of the argument, such as `policy` or `inline_policy.0.policy`.
        kind: the use of the document.
            `identity` grants permissions to the principals that it is attached to; `resource` grants principals access
            to the owner; `trust` is the trust policy of a role. `boundary` limits a principal or session, `endpoint` a
            VPC endpoint and `organization` an account (SCP, RCP); these three grant nothing. `unused` is a data source
            that no resource of the stack uses, so its kind is unknown.
    """

    owner: Resource
    argument: str
    kind: Kind


@frozen(slots=True)
class Principal:
    """One principal: `type` is `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for `"*"`."""

    type: Text
    value: Text


@frozen(slots=True)
class Condition:
    """One condition: `StringEquals` (operator) of `aws:PrincipalOrgID` (key) with any of *values*."""

    operator: Text
    key: Text
    values: Texts


@frozen(kw_only=True)
class Statement:
    """One statement. As a subject of a policy, it has the address of the document's owner.

    A list is a tuple, `()` if the element is absent. A list that is unknown as a whole is a tuple of that one
    `Unknown`. A document that cannot be read has one statement, whose *index* is `None` and whose effect, actions,
    resources and principals are unknown, for the same reason.

    Args:
        location: of the statement if the format has it, otherwise of the argument.
        index: in the document that AWS receives, from 0.
        sid: `""` if it is not set.
        effect: `Allow` or `Deny`.
        elements: locations of `Action`, `Resource`, ..., if the format has them.
        arguments: the arguments that are the elements, by element, if no document has the statement.
        sensitive: the argument that the statement comes from, if a plan marks it as sensitive.
        empty: the elements that are a list without members.
        version: the `Version` of the document. Without one it is `2008-10-17`, which has no policy variables.
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
    arguments: Mapping[str, str] = field(default_factory=dict)
    sensitive: str | None = None
    empty: frozenset[str] = frozenset()
    version: Text = CURRENT_VERSION

    @property
    def address(self) -> str:
        """The owner's address."""
        return self.document.owner.address

    @property
    def kind(self) -> Kind:
        """The use of the document (`Document`)."""
        return self.document.kind

    @property
    def unread(self) -> Unknown | None:
        """Why the document could not be read; `None` if it could."""
        return self.effect if isinstance(self.effect, Unknown) and self.actions == (self.effect,) else None

    @property
    def is_sensitive(self) -> bool:
        """Whether a plan marks the document, or the argument that the statement comes from, as sensitive."""
        return bool(self.sensitive or self.document.owner.sensitive_part(self.document.argument))

    def at(self, path: str) -> Location:
        """Return the location of the element in *path*, or of the statement."""
        names = (name for name in reversed(path.split(".")) if not name.isdigit())
        return self.elements.get(next(names, ""), self.location)

    def sensitive_part(self, _path: str) -> str | None:
        """Return the sensitive argument because of which no finding about the statement may quote a value."""
        return self.sensitive

    def doubt(self, *answers: object) -> str | None:
        """Return why it is not certain that the statement grants its actions; `None` if it is.

        Args:
            answers: other values that decide; the first `Unknown` among them is a reason, too.
        """
        if self.kind == "unused":
            return "no resource of this stack uses the document; the principals are unknown"
        return next((answer.reason for answer in (self.effect, *answers) if isinstance(answer, Unknown)), None)

    def path(self, element: str) -> str:
        """Return the path of an *element* (`Action`, `Resource`, ...): `policy.Statement.0.Action`."""
        if self.index is None:
            return self.arguments.get(element, self.document.argument)
        return f"{self.document.argument}.Statement.{self.index}.{element}"


def hidden(
    document: Document, location: Location, why: Unknown, index: int | None = None, version: Text = CURRENT_VERSION
) -> Statement:
    """Make a statement of which everything is unknown because of *why*.

    The references of the document belong to none of its members, so they are omitted.
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
        version=version,
    )
