"""What AWS authorizes for one call of its API: the action on each resource, tagging actions, and further actions.

A call such as `RunInstances` is allowed if each of its authorizations is. The resource types of an action are those of
the Service Authorization Reference; `plainwork_core.aws.creating_calls` adds what the reference omits.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import takewhile

from plainwork_core.aws.creating_calls import CreatingCall, Creation, creating_calls, creations, reference_page
from plainwork_core.aws.iam_actions import Action, actions_of, resource_types
from plainwork_core.frozen import frozen
from plainwork_core.iam.authorization_reference import (
    is_created,
    lists_request_tags,
    supports_create_action,
    tagging_actions,
)
from plainwork_core.version_constraints import may_be_from

_ONE_OF = "the request names at least one of the optional resource types, or AWS compares `Resource` with `*`"
_AFTER_SEPARATOR = re.compile("(?<=[:/])")
_OR = " or "
_TYPE_UNKNOWN = "the Service Authorization Reference does not state the resource type that the tags go to"
_DEPENDENT = "the Service Authorization Reference lists the action as dependent and does not state when it applies"


@frozen(slots=True)
class Authorization:
    """One authorization.

    Args:
        action: such as `ec2:CreateTags`.
        resource_type: of the Service Authorization Reference, such as `instance`; `""` is no type. If the request
            names a resource of one of several types, they are joined by ` or `.
        arn_format: ARN format of the type, such as `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`, or `*`.
            That of several types ends in `${Resource}` where they differ.
        required: whether each request with these tags asks for it; otherwise *note* states which do.
        has_request_tags: whether `aws:RequestTag/...` and `aws:TagKeys` have the tags of the request.
        context: condition keys with the value that they have, such as `ec2:CreateAction` with `RunInstances`.
        alternatives: other actions that are enough in place of *action*.
        note: which requests ask for it.
        source: page of AWS.
    """

    action: str
    resource_type: str
    arn_format: str
    required: bool
    has_request_tags: bool
    context: Mapping[str, str]
    alternatives: tuple[str, ...]
    note: str
    source: str

    @property
    def resource_types(self) -> tuple[str, ...]:
        """The types, one of which the request names; none for `*`."""
        return tuple(filter(None, self.resource_type.split(_OR)))

    @property
    def is_stated(self) -> bool:
        """Whether a page states when AWS asks for it."""
        return self.note != _DEPENDENT


def creation(terraform_type: str, provider: str = "") -> Creation | None:
    """Return the call that creates a resource such as `aws_instance`, and the call that tags it; None if unknown.

    Args:
        terraform_type: the type.
        provider: version or version constraint of the AWS provider, such as `~> 6.30`; by default 5.100.0.
    """
    found = creations().get(terraform_type)
    if found is None or not found.tagged_since or not provider:
        return found
    major, minor, patch = map(int, found.tagged_since.split("."))
    return replace(found, tagging_call=found.call) if may_be_from(provider, (major, minor, patch)) else found


def authorizations(call: str, *, tags: bool, tagged_types: Collection[str] = ()) -> tuple[Authorization, ...]:
    """Return what AWS authorizes for *call*, such as `ec2:RunInstances`; empty for an unknown action.

    Args:
        call: the action of the call.
        tags: whether the request has tags.
        tagged_types: resource types that the tags go to, if it is not the created one: `instance` and `volume`.
    """
    service, _, name = call.partition(":")
    action = actions_of(service).get(name.lower())
    if action is None:
        return ()
    row = creating_calls().get(str(action)) or _of_reference(action)
    tagged = (tuple(tagged_types) or (row.creates,)) if tags else ()
    return (*_own(action, row, tagged), *_tagging(action, row, tagged), *_further(action, row, tagged))


def _of_reference(action: Action) -> CreatingCall:
    """Return what the Service Authorization Reference states about the call of *action*."""
    created = [type_ for type_ in action.on if type_ and is_created(action, type_)]
    return CreatingCall(
        str(action),
        creates=created[0] if created else "",
        one_of=(),
        on_created=False,
        tagging=tagging_actions(action),
        create_action=f"{action.service}:CreateAction" if supports_create_action(action.service) else "",
        further=(),
        source=reference_page(action.service),
    )


def _own(action: Action, row: CreatingCall, tagged: tuple[str, ...]) -> Iterator[Authorization]:
    """Yield the action on its resource types, required ones first."""
    types = _types(action, tagged)
    page = reference_page(action.service)
    if not types:
        type_ = row.creates if row.on_created else ""
        has_tags = bool(tagged) and _lists_request_tags(action, "")
        yield _authorization(str(action), type_, has_tags=has_tags, source=row.source if type_ else page)
    one_of = row.one_of or (tuple(types) if action.level == "Tagging" and len(types) > 1 else ())
    if one_of:
        has_tags = any(_has_tags(action, type_, tagged) for type_ in one_of)
        yield _authorization(str(action), _OR.join(one_of), has_tags=has_tags, source=page)
    stated = {*one_of, *(one.resource_type for one in row.further if one.action == str(action))}
    certain = {row.creates, *(tagged if action.level == "Tagging" else ())}
    is_required = {type_: action.on[type_].required or type_ in certain for type_ in types if type_ not in stated}
    for type_ in sorted(is_required, key=lambda one: not is_required[one]):
        yield _authorization(
            str(action),
            type_,
            required=is_required[type_],
            has_tags=_has_tags(action, type_, tagged),
            note="" if is_required[type_] else _optional(type_, is_alone=bool(one_of) or any(is_required.values())),
            source=page,
        )


def _types(action: Action, tagged: tuple[str, ...]) -> list[str]:
    """Return the resource types of *action*, of a tagging action those that are tagged."""
    types = [type_ for type_ in action.on if type_]
    return [type_ for type_ in types if type_ in tagged] or types if action.level == "Tagging" else types


def _optional(type_: str, *, is_alone: bool) -> str:
    return f"the request names a resource of the type `{type_}`" if is_alone else _ONE_OF


def _tagging(action: Action, row: CreatingCall, tagged: tuple[str, ...]) -> Iterator[Authorization]:
    """Yield the tagging action on each tagged resource type."""
    for type_ in tagged if row.tagging else ():
        first, *others = row.tagging
        service, _, name = first.partition(":")
        yield _authorization(
            first,
            type_,
            required=bool(type_),
            note="" if type_ else _TYPE_UNKNOWN,
            has_tags=_lists_request_tags(actions_of(service)[name.lower()], type_),
            context={row.create_action: action.name} if row.create_action else {},
            alternatives=tuple(others),
            source=row.source,
        )


def _further(action: Action, row: CreatingCall, tagged: tuple[str, ...]) -> Iterator[Authorization]:
    """Yield the further actions of the table, and the dependent actions of the reference that the table omits."""
    for one in row.further:
        yield _authorization(
            one.action,
            one.resource_type,
            required=not one.when,
            has_tags=one.action == str(action) and _has_tags(action, one.resource_type, tagged),
            context=one.context,
            note=one.when,
            source=one.source,
        )
    known = {*row.tagging, *(one.action for one in row.further)}
    for dependent in sorted({*action.depends} - known):
        yield _authorization(dependent, "", required=False, note=_DEPENDENT, source=reference_page(action.service))


def _has_tags(action: Action, type_: str, tagged: tuple[str, ...]) -> bool:
    """Return whether the request tags are in the context of *action* on *type_*.

    Amazon EC2 has the tags of each resource in its own part; other services have one set of tags for the request.
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
    """
    is_tagged = type_ in tagged if action.service == "ec2" else bool(tagged)
    return is_tagged and _lists_request_tags(action, type_)


def _lists_request_tags(action: Action, type_: str) -> bool:
    rows = (action.on[one] for one in {type_, ""} if one in action.on)
    return any(lists_request_tags(row.keys) for row in rows)


def _authorization(
    action: str,
    type_: str,
    *,
    source: str,
    required: bool = True,
    has_tags: bool = False,
    context: Mapping[str, str] | None = None,
    alternatives: tuple[str, ...] = (),
    note: str = "",
) -> Authorization:
    known = resource_types(action.partition(":")[0])
    formats = [known[one].arn for one in type_.split(_OR) if one in known]
    arn_format = _common(formats) if formats else "*"
    return Authorization(action, type_, arn_format, required, has_tags, context or {}, alternatives, note, source)


def _common(formats: list[str]) -> str:
    """Return the ARN format of several types."""
    if len(formats) == 1:
        return formats[0]
    parts = zip(*(_AFTER_SEPARATOR.split(one) for one in formats), strict=False)
    return "".join(part[0] for part in takewhile(lambda part: len({*part}) == 1, parts)) + "${Resource}"
