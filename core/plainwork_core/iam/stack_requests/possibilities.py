"""Whether a principal may perform some action of a pattern on some resource of a pattern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from plainwork_core.addresses import without_keys
from plainwork_core.aws.iam_actions import Action, expand, resource_types
from plainwork_core.frozen import frozen
from plainwork_core.iam.evaluation import Request, RequestResource
from plainwork_core.iam.evaluation.context import Context
from plainwork_core.iam.evaluation.variables import resolve
from plainwork_core.iam.overlap import overlap
from plainwork_core.iam.reach import includes_action
from plainwork_core.iam.stack_requests.answers import Answer
from plainwork_core.iam.stack_requests.arn_formats import PLACES, TYPES, filled
from plainwork_core.iam.stack_requests.circumstances import Circumstances
from plainwork_core.iam.stack_requests.names import Names, joined
from plainwork_core.iam.stack_requests.places import Place
from plainwork_core.iam.stack_requests.principals import StackPrincipal
from plainwork_core.iam.stack_requests.questions import Questions
from plainwork_core.iam.stack_requests.resource_policies import resource_policy
from plainwork_core.iam.stack_requests.targets import (
    EVERY,
    StackTarget,
    is_of_type,
    part_pattern,
    supports,
    target_by_arn,
    target_of,
)
from plainwork_core.iam.stack_requests.witnesses import witness
from plainwork_core.iam.statement import Statement, Text, Texts
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Resource
from plainwork_core.wildcards import is_any, matches

_ARN_PARTS = 6
_WITH_ANY_TAGS = Circumstances(request_tags=None)
_ANY_ACTION = "*"


def possible(questions: Questions, who: StackPrincipal, action: str, resource: str) -> Answer | None:
    """Return an answer that allows an action on a resource.

    A request that the policies allow for some name only, such as the objects below a prefix, is found by a name that
    their patterns match.

    Args:
        questions: about the stack.
        who: makes the request.
        action: a name or pattern of actions.
        resource: a pattern of addresses of the stack, a pattern of ARNs, or `*` for all.

    Returns:
        The first answer that allows it; without one, the first that is unknown; `None` if all are denied.
    """
    unknown: Answer | None = None
    asked: list[tuple[Action, StackTarget]] = []
    for one, on in _questions(questions, who, action, resource):
        asked.append((one, on))
        answer = questions.answer(who, one, on)
        if answer.decision.is_allowed:
            return answer
        if answer.decision.is_unknown and unknown is None:
            unknown = answer
    with_any_tags = (questions.answer(who, one, on, _WITH_ANY_TAGS) for one, on in asked)
    return unknown or next((answer for answer in with_any_tags if answer.decision.is_unknown), None)


def _questions(
    questions: Questions, who: StackPrincipal, action: str, resource: str
) -> Iterator[tuple[Action, StackTarget]]:
    names = questions.names
    resources = _resources(names, resource)
    granted = _granted(who.identity) | _granted_by_resources(names, resource, resources)
    for one in expand(action):
        if granted.isdisjoint((_ANY_ACTION, str(one).lower())):
            continue
        seen: set[str] = set()
        for on in _Search(names, who, one, resource, resources).targets():
            if quote(on.request.arn) not in seen:
                seen.add(quote(on.request.arn))
                yield one, on


def _resources(names: Names, resource: str) -> tuple[Resource, ...]:
    """Return the resources of the stack whose address or ARN the pattern matches, or with parts that it matches."""
    found = names.resources_by_pattern.get(resource)
    if found is None:
        known = [(arn, one) for arn, one in names.by_arn.items() if one.type in TYPES]
        if resource == EVERY:
            matched = [one for _, one in known if resource_policy(names, one)]
        elif resource.startswith("arn:"):
            matched = [one for arn, one in known if overlap(resource, f"{arn}*")]
        else:
            matched = [one for _, one in known if _is_named(resource, one)]
        found = names.resources_by_pattern[resource] = tuple(matched)
    return found


def _granted_by_resources(names: Names, pattern: str, resources: tuple[Resource, ...]) -> frozenset[str]:
    """Return the actions that the resource-based policies of *resources*, those of *pattern*, grant; read once."""
    if pattern not in names.grants_by_pattern:
        policies = (resource_policy(names, found) or () for found in resources)
        names.grants_by_pattern[pattern] = frozenset().union(*map(_granted, policies))
    return names.grants_by_pattern[pattern]


def _is_named(pattern: str, resource: Resource) -> bool:
    return any(matches(pattern, address) for address in (resource.address, without_keys(resource.address)))


def _granted(statements: Iterable[Statement]) -> frozenset[str]:
    """Return the actions, in lower case, that `Allow` statements include or may include; with `*`, all actions."""
    granting = (one for one in statements if one.effect != "Deny")
    return frozenset().union(*(_included(() if one.not_actions else one.actions) for one in granting))


@lru_cache(maxsize=4096)
def _included(patterns: Texts) -> frozenset[str]:
    """Return the actions that *patterns* match; all without patterns, or if one is unknown."""
    known = [pattern for pattern in patterns if isinstance(pattern, str)]
    if not known or len(known) < len(patterns) or any(map(is_any, known)):
        return frozenset((_ANY_ACTION,))
    return frozenset(str(action).lower() for pattern in known for action in expand(pattern))


@frozen()
class _Search:
    """The search for resources that a pattern and the statements of a principal match, for one action."""

    names: Names
    who: StackPrincipal
    action: Action
    resource: str
    resources: tuple[Resource, ...]

    def targets(self) -> Iterator[StackTarget]:
        """Yield resources of the stack, or parts of them, and then resources outside of it."""
        sources = list(self._granting(self.who.identity))
        if self.action.takes_resource:
            for found in (one for one in self.resources if supports(one, self.action)):
                granting = list(self._granting(resource_policy(self.names, found) or ()))
                if (sources and self.resource != EVERY) or granting:
                    yield from self._parts(found, [*sources, *granting])
            if self._is_pattern_of_arns:
                yield from self._by_pattern(sources)
        elif sources and self.resource == EVERY:
            yield StackTarget(EVERY, RequestResource(EVERY, account=self.who.request.account_id, tags={}))

    @property
    def _is_pattern_of_arns(self) -> bool:
        return self.resource == EVERY or self.resource.startswith("arn:")

    def _granting(self, statements: Iterable[Statement]) -> Iterator[Statement]:
        name = str(self.action).lower()
        return (one for one in statements if one.effect != "Deny" and includes_action(one, name) is not False)

    def _parts(self, found: Resource, granting: list[Statement]) -> Iterator[StackTarget]:
        whole = target_of(self.names, found, self.action)
        pattern = joined((self.names.arn(found), part_pattern(found, self.action)))
        wanted = self.resource if self._is_pattern_of_arns else EVERY
        any_part = witness(wanted, pattern)
        for arn in (*([] if any_part is None else [any_part]), *self._witnesses(granting, pattern)):
            if matches(wanted, quote(arn)):
                yield replace(whole, request=replace(whole.request, arn=arn))

    def _by_pattern(self, sources: list[Statement]) -> Iterator[StackTarget]:
        wanted = None if self.resource == EVERY else _placed(self.names, self.resource)
        for format_ in _formats(self.names, self.action) if sources else ():
            for arn in (*self._witnesses(sources, format_), *self._witnesses(sources, wanted or format_)):
                text = quote(arn)
                if is_of_type(text, self.action) and (wanted is None or matches(quote(wanted), text)):
                    yield target_by_arn(self.names, arn, self.who.request)

    def _witnesses(self, statements: Iterable[Statement], pattern: Text) -> Iterator[Text]:
        """Yield an ARN for each `Resource` of *statements* that has some in common with *pattern*."""
        context = Context(Request(self.who.request, "", RequestResource(EVERY), complete=False))
        for statement in statements:
            for resource in statement.resources or (EVERY,):
                written = resolve(resource, context, statement.version)
                if written is not None and (found := witness(written, pattern)) is not None:
                    yield found


def _formats(names: Names, action: Action) -> Iterator[Text]:
    """Yield the ARN formats of the resource types of *action* as patterns."""
    known = resource_types(action.service)
    place = names.places.default
    for type_ in action.on:
        if type_ in known:
            yield joined(filled(known[type_].arn, lambda name: _pattern(name, place)))


def _pattern(variable: str, place: Place) -> Text:
    return place.of(variable) if variable in PLACES else "*"


def _placed(names: Names, pattern: str) -> Text:
    """Return a pattern of ARNs with the place of the stack where it has `*` as partition, Region or account."""
    parts = pattern.split(":", _ARN_PARTS - 1)
    place = names.places.default
    if len(parts) != _ARN_PARTS:
        return pattern
    values = {1: place.partition, 3: place.region, 4: place.account}
    placed = (values.get(index, part) if part == "*" else part for index, part in enumerate(parts))
    first, *others = placed
    return joined((first, *(text for part in others for text in (":", part))))
