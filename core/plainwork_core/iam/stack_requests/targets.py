"""The resource of a request: one of the stack by address or ARN, or one outside of it."""

from __future__ import annotations

import re
from functools import lru_cache, partial

from plainwork_core.addresses import KEY, without_keys
from plainwork_core.aws.arn import parse_arn
from plainwork_core.aws.iam_actions import Action, arn_pattern, resource_types
from plainwork_core.errors import InputError, did_you_mean
from plainwork_core.frozen import frozen
from plainwork_core.iam.authorization_reference import supports_arns
from plainwork_core.iam.evaluation import RequestPrincipal, RequestResource, unread_policy
from plainwork_core.iam.overlap import overlap
from plainwork_core.iam.stack_requests.arn_formats import TYPES, filled
from plainwork_core.iam.stack_requests.names import Names, joined
from plainwork_core.iam.stack_requests.resource_policies import resource_policy
from plainwork_core.iam.stack_requests.tags import tags_of
from plainwork_core.iam.statement import Statement, Text
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Location, Resource
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_core.wildcards import matches

EVERY = "*"
_MOST_FORMATS = 3
_ADDRESS = re.compile(
    rf"(?P<address>(?:module\.[\w-]+(?:{KEY.pattern})?\.)*(?:data\.)?[a-z][a-z0-9]*_\w+\.[\w-]+(?:{KEY.pattern})?)"
    r"(?P<rest>[/:].*)?"
)
_REFERENCE = re.compile(r"\$\{([^{}]+)\}")
_UNKNOWN_PART = re.compile(r"\$\{[^}]*\}")


@frozen()
class StackTarget:
    """The resource of a request.

    Args:
        name: for messages.
        request: the resource.
        policy: the statements of its resource-based policy; `None` if it has none.
        resource: in the stack, or the one that contains it, such as the bucket of an object.
    """

    name: str
    request: RequestResource
    policy: tuple[Statement, ...] | None = None
    resource: Resource | None = None


def target(names: Names, text: str, action: Action, principal: RequestPrincipal) -> StackTarget:
    """Return the resource that *text* names, for a request of *action*.

    Args:
        names: of the stack.
        text: an address, also with the part of an ARN after that of the resource (`aws_s3_bucket.data/2025/a.csv`); an
            ARN, also with references (`${aws_s3_bucket.data.arn}/*`); or `*` for an action without resources.
        action: with an address alone, a resource of a type that it supports, such as any object of a bucket.
        principal: whose account a resource without an account in its ARN is in, if it is not in the stack.

    Raises:
        InputError: *text* is none of these, or the stack has no such resource.
    """
    if text == EVERY:
        return StackTarget(EVERY, RequestResource(EVERY, account=principal.account_id, tags={}))
    if match := _ADDRESS.fullmatch(text):
        resource = _resource(names, match["address"])
        return target_of(names, resource, action, match["rest"] or "", text)
    arn = _with_references(names, text)
    if not quote(arn).startswith("arn:") and not isinstance(arn, Unknown):
        raise InputError(
            f"`{text}` is no resource; use an address such as `aws_s3_bucket.data`, an ARN, or `*` for an action "
            "without resources"
        )
    return target_by_arn(names, arn, principal)


def target_of(names: Names, resource: Resource, action: Action, rest: str = "", name: str = "") -> StackTarget:
    """Return a resource of the stack, or the part of it that *action* is about.

    Args:
        names: of the stack.
        resource: the resource.
        action: of the request.
        rest: what follows its ARN.
        name: for messages; default: its address.
    """
    part = rest or _part(resource, action)
    arn = joined((names.arn(resource), part) if isinstance(part, str) else (names.arn(resource), *part))
    return _in_stack(names, resource, arn, name or resource.address, is_part=bool(part))


def find_target(names: Names, arn: Text) -> Resource | None:
    """Return the resource of the stack that has *arn*, or that contains what has it."""
    text = quote(arn)
    known = names.by_arn
    ends = [index for index, letter in enumerate(text) if letter in "/:" and not _is_in_reference(text, index)]
    for end in (len(text), *reversed(ends)):
        if found := known.get(text[:end]):
            return found
    return None


def supports(resource: Resource, action: Action) -> bool:
    """Return whether *action* is about resources of this type, as far as its type is in the reference."""
    source = TYPES.get(resource.type)
    if source is None:
        return True
    if action.service != source.service:  # such as `sts:AssumeRole` on a role
        own = resource_types(source.service)[source.resource].pattern
        return any(overlap(arn_pattern(format_), own) for format_ in _formats(action))
    return source.resource in _types(action, source.service) or bool(_part(resource, action))


@lru_cache(maxsize=4096)
def is_of_type(arn: str, action: Action) -> bool:
    """Return whether *arn* has the format of a resource type of *action*.

    A name does not contain what separates it from the name of a part: `arn:aws:s3:::data/a.csv` is no bucket.
    """
    known = resource_types(action.service)
    fitting = [format_.arn for format_ in known.values() if matches(format_.pattern, arn)]
    of_action = (known[type_].arn for type_ in action.on if type_ in known)
    return any(
        own in fitting and not any(other.startswith((f"{own}/", f"{own}:")) for other in fitting) for own in of_action
    )


def is_about(on: StackTarget, action: Action) -> bool:
    """Return whether *action* is about resources such as *on*, as far as the reference states it."""
    if on.request.arn == EVERY:
        return supports_arns(action) is not True
    if on.resource is not None and not supports(on.resource, action):
        return False
    arn = _UNKNOWN_PART.sub("*", quote(on.request.arn))
    return action.takes_resource and any(overlap(arn_pattern(format_), arn) for format_ in _formats(action))


def mismatch(action: Action, text: str) -> str:
    """Return the error for a question in which *action* is not about the resource *text*."""
    formats = _formats(action)
    if text == EVERY:
        return f"`{action}` is about a resource; name it by address or ARN, such as `{arn_pattern(formats[0])}`"
    if not formats:
        return f"`{action}` is not about single resources; use `*` as the resource"
    return f"`{action}` is not about `{text}`; it is about {enumeration(formats[:_MOST_FORMATS], 'or')}"


def _formats(action: Action) -> list[str]:
    known = resource_types(action.service)
    return [known[type_].arn for type_ in action.on if type_ in known]


def part_pattern(resource: Resource, action: Action) -> str:
    """Return the pattern of what follows the ARN of *resource* in the ARNs that *action* is about."""
    return "".join(piece if isinstance(piece, str) else "*" for piece in _part(resource, action))


def _resource(names: Names, address: str) -> Resource:
    found = names.stack.resource(address)
    if found is not None:
        return found
    instances = [one for one in names.stack.resources if without_keys(one.address) == address]
    if len(instances) == 1:
        return instances[0]
    if instances:
        raise InputError(f"`{address}` has {len(instances)} instances; name one, such as `{instances[0].address}`")
    hint = did_you_mean(address, (one.address for one in names.stack.resources))
    raise InputError(f"`{address}` is not in this stack{hint}")


def _with_references(names: Names, text: str) -> Text:
    owner = Resource("", "managed", "", "", "aws", {}, Location(""))
    parts = [
        part if index % 2 == 0 else _reference(names, owner, part) for index, part in enumerate(_REFERENCE.split(text))
    ]
    return joined(parts)


def _reference(names: Names, owner: Resource, code: str) -> Text:
    address = code.rpartition(".")[0]
    _resource(names, address)
    return names.text(owner, Unknown(f"`{code}` is known only after apply", (code,)))


def target_by_arn(names: Names, arn: Text, principal: RequestPrincipal) -> StackTarget:
    """Return the resource with *arn*: one of the stack, a part of one, or one outside of it."""
    resource = find_target(names, arn)
    if resource is not None:
        return _in_stack(names, resource, arn, quote(arn), is_part=quote(arn) != quote(names.arn(resource)))
    parsed = parse_arn(quote(arn))
    account = parsed.account if parsed and parsed.account.isdigit() else ""
    request = RequestResource(arn, account=account or principal.account_id)
    is_other = account != "" and isinstance(principal.account_id, str) and account != principal.account_id
    unread = unread_policy(f"the policy of `{quote(arn)}` is not in this stack", "resource", quote(arn))
    return StackTarget(quote(arn), request, unread if is_other else None)


def _in_stack(names: Names, resource: Resource, arn: Text, name: str, *, is_part: bool) -> StackTarget:
    tags = Unknown(f"the tags of `{name}` are not known") if is_part else tags_of(names, resource)
    request = RequestResource(arn, account=names.place(resource).account, tags=tags)
    return StackTarget(name, request, resource_policy(names, resource), resource)


def _part(resource: Resource, action: Action) -> tuple[Text, ...]:
    """Return what follows the ARN of *resource* in that of a type that *action* supports; `()` if it supports its own.

    A variable of the format, such as the name of an object, is unknown.
    """
    source = TYPES.get(resource.type)
    supported = _types(action, source.service) if source else ()
    if source is None or source.resource in supported:
        return ()
    formats = resource_types(source.service)
    own = formats[source.resource].arn
    for type_ in supported:
        rest = formats[type_].arn.removeprefix(own)
        if formats[type_].arn.startswith(own) and rest[:1] in ("/", ":"):
            return tuple(filled(rest, partial(_not_given, type_)))
    return ()


def _not_given(type_: str, name: str) -> Unknown:
    return Unknown(f"the name of the {type_} is not given", (name,))


def _types(action: Action, service: str) -> tuple[str, ...]:
    return tuple(type_ for type_ in action.on if type_ in resource_types(service)) if action.service == service else ()


def _is_in_reference(text: str, index: int) -> bool:
    return text.rfind("${", 0, index) > text.rfind("}", 0, index)
