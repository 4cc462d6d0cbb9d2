"""Reads the grants of a stack from its policies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import cache, lru_cache

from plainwork_core.access.actions import ActionSet, action_sets, services_of
from plainwork_core.access.conditions import limits_of
from plainwork_core.access.grants import Grant, Missing, Plane, ResourceSet
from plainwork_core.access.names import Names
from plainwork_core.access.patterns import Pattern
from plainwork_core.access.targets import target_of
from plainwork_core.aws.managed_policies import managed_policy
from plainwork_core.frozen import frozen
from plainwork_core.iam.attachments import attachments, holders
from plainwork_core.iam.documents import statements
from plainwork_core.iam.grammar import read_document
from plainwork_core.iam.identities import attached_policies, aws_managed_name, missing_reason
from plainwork_core.iam.statement import Document, Statement, Text
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_core.model.values import Unknown, Value
from plainwork_core.wildcards import is_any

_PLANES: Mapping[str, Plane] = {
    "identity": "identity",
    "resource": "resource",
    "trust": "trust",
    "boundary": "limit",
    "endpoint": "limit",
    "organization": "limit",
}


HIDDEN = Pattern("?", "?")
"""The principal of the policy of a resource that cannot be read: any may be in it."""


@frozen()
class StackGrants:
    """The grants of a stack.

    Args:
        grants: in the order of the input.
        missing: policies that are held, and whose documents are not in the stack.
        unattached: the addresses of the policies that no principal of the stack holds. They have their own address as
            principal.
    """

    grants: tuple[Grant, ...]
    missing: tuple[Missing, ...] = ()
    unattached: frozenset[str] = field(default_factory=frozenset)


def grants_of(stack: Stack, names: Names | None = None) -> StackGrants:
    """Return the grants of *stack*.

    Args:
        stack: a plan, HCL or CDKTF output.
        names: of its blocks in the other version of a comparison.
    """
    return _Reader(stack, names or Names(stack)).read()


class _Reader:
    def __init__(self, stack: Stack, names: Names) -> None:
        self.stack, self.names = stack, names
        self.missing: list[Missing] = []
        self.unattached: set[str] = set()

    def read(self) -> StackGrants:
        held, of_aws = self._attached()
        found: list[Grant] = []
        for statement in statements(self.stack):
            if plane := _PLANES.get(statement.kind):
                found += self._of(statement, plane, held)
        return StackGrants((*found, *of_aws), tuple(self.missing), frozenset(self.unattached))

    def _attached(self) -> tuple[dict[str, list[str]], list[Grant]]:
        """Return the holders of each managed policy of the stack, and the grants of the policies of AWS."""
        held: dict[str, dict[str, None]] = {}
        of_aws: dict[tuple[str, str], list[Grant]] = {}
        for attachment in attachments(self.stack):
            policies = attached_policies(self.stack, attachment)
            for holder in map(self.names.renamed, holders(self.stack, attachment) if policies else ()):
                for path, policy in policies.items():
                    if isinstance(policy, Resource):
                        held.setdefault(policy.address, {})[holder] = None
                    elif name := _known_name(policy):
                        of_aws.setdefault((holder, name), list(_of_aws(name, holder, attachment, path)))
                    else:
                        self._add_missing(holder, policy, attachment, path)
        return {policy: list(names) for policy, names in held.items()}, [
            one for all_ in of_aws.values() for one in all_
        ]

    def _add_missing(self, holder: str, policy: Value, attachment: Resource, path: str) -> None:
        text = quote(policy) if isinstance(policy, Unknown) else str(policy)
        self.missing.append(
            Missing(holder, text, missing_reason(policy), attachment.address, attachment.at(path)),
        )

    def _of(self, statement: Statement, plane: Plane, held: Mapping[str, list[str]]) -> Iterator[Grant]:
        owner = statement.document.owner
        if plane == "identity":
            for holder in held.get(owner.address) or self._holders(owner):
                yield self.grant(statement, plane, Pattern(holder, holder), "")
            return
        target = self.names.renamed(target_of(self.stack, owner))
        if statement.unread is not None:
            yield self.grant(statement, plane, HIDDEN, target)
            return
        for principal in dict.fromkeys(self._principals(statement, plane, target)):
            yield self.grant(statement, plane, principal, target)

    def _holders(self, owner: Resource) -> list[str]:
        found = [self.names.renamed(holder) for holder in holders(self.stack, owner)]
        if not found:
            found = [self.names.renamed(owner.address)]
            self.unattached.update(found)
        return found

    def _principals(self, statement: Statement, plane: Plane, target: str) -> Iterator[Pattern]:
        if statement.not_principals:
            excluded = ", ".join(self.names.principal(one, statement).shown for one in statement.not_principals)
            yield Pattern(f"* except {excluded}", f"* except {excluded}")
        elif not statement.principals and plane == "limit":
            yield Pattern(target, target)
        for principal in statement.principals:
            yield self.names.principal(principal, statement)

    def grant(self, statement: Statement, plane: Plane, principal: Pattern, target: str) -> Grant:
        """Return the grant of *statement* to *principal*."""
        owner = statement.document.owner
        if statement.unread is not None:
            return Grant(plane, principal, (), (), (), target, statement, unknown=statement.unread.reason)
        resolve = self.names.resolver(owner)

        def patterns(texts: Iterable[Text]) -> list[Pattern]:
            return [self.names.pattern(text, resolve) for text in texts]

        own = "" if plane == "limit" else target
        unknown = statement.effect.reason if isinstance(statement.effect, Unknown) else ""
        return Grant(
            plane,
            principal,
            action_sets(patterns(statement.actions), patterns(statement.not_actions)),
            _resources(patterns(statement.resources), patterns(statement.not_resources), own),
            limits_of(statement.conditions, resolve),
            target,
            statement,
            is_deny=statement.effect == "Deny",
            unknown=unknown,
        )


def _resources(resources: list[Pattern], not_resources: list[Pattern], target: str) -> tuple[ResourceSet, ...]:
    """Return the resources of a statement. `*` in the policy of a resource is that resource."""
    if not_resources:
        shown = f"* except {', '.join(resource.shown for resource in not_resources)}"
        return (ResourceSet(Pattern("*", shown), tuple(sorted(resource.text for resource in not_resources))),)
    if target and (not resources or any(is_any(resource.text) for resource in resources)):
        return (ResourceSet(Pattern(target, target)),)
    return tuple(ResourceSet(resource) for resource in dict.fromkeys(resources or [Pattern("*", "*")]))


def _known_name(policy: Value) -> str:
    """Return the name of an AWS managed policy whose document is known."""
    name = aws_managed_name(policy)
    return name if name is not None and managed_policy(name) is not None else ""


def _of_aws(name: str, holder: str, attachment: Resource, path: str) -> Iterator[Grant]:
    """Yield the grants of the AWS managed policy *name*, which *attachment* attaches to *holder*."""
    document, location = Document(attachment, path, "identity"), attachment.at(path)
    for grant in _grants_of_policy(name):
        statement = replace(grant.statement, document=document, location=location)
        yield replace(grant, principal=Pattern(holder, holder), statement=statement, via=name)


@cache
def _grants_of_policy(name: str) -> tuple[Grant, ...]:
    nothing = Stack("", "plan")
    owner = Resource("", "managed", "", "", "", {}, Location(""))
    rows = read_document(json.dumps({"Statement": managed_policy(name)}), Document(owner, "", "identity"), Location(""))
    reader, holder = _Reader(nothing, Names(nothing)), Pattern("", "")
    return tuple(reader.grant(row, "identity", holder, "") for row in rows)


def actions_of_services(grant: Grant, services: tuple[str, ...]) -> tuple[ActionSet, ...]:
    """Return the actions of *grant*, one of an AWS managed policy, that may be of one of *services*."""
    return _actions_of_services(grant.via, grant.statement.index or 0, services)


@lru_cache(maxsize=8192)
def _actions_of_services(name: str, index: int, services: tuple[str, ...]) -> tuple[ActionSet, ...]:
    actions = _grants_of_policy(name)[index].actions
    return tuple(one for one in actions if not (own := services_of((one,))) or own[0] in services)
