"""The principals of a stack, with their policies as the IAM engine takes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from plainwork_core.aws.arn import parse_arn
from plainwork_core.aws.managed_policies import managed_policy
from plainwork_core.errors import InputError, did_you_mean
from plainwork_core.frozen import frozen
from plainwork_core.iam.attachments import has_unknown_holder
from plainwork_core.iam.documents import statements_by_owner
from plainwork_core.iam.evaluation import RequestPrincipal, unread_policy
from plainwork_core.iam.evaluation.patterns import equal_text
from plainwork_core.iam.evaluation.request import PrincipalKind
from plainwork_core.iam.grammar import read_document
from plainwork_core.iam.identities import AttachedArn, identities_by_key
from plainwork_core.iam.managed_policies import name_in
from plainwork_core.iam.stack_requests.groups import groups_of
from plainwork_core.iam.stack_requests.names import Names, joined
from plainwork_core.iam.stack_requests.tags import tags_of
from plainwork_core.iam.statement import Document, Statement, Text
from plainwork_core.model.connections import may_be_elsewhere
from plainwork_core.model.references import is_computed_by_provider, only_referent
from plainwork_core.model.rendering import quote, render
from plainwork_core.model.stack import Resource
from plainwork_core.model.values import Unknown, Value, scalar
from plainwork_core.text import enumeration

Statements = tuple[Statement, ...]
KINDS: dict[str, PrincipalKind] = {
    "aws_iam_role": "role",
    "aws_iam_user": "user",
    "aws_ssoadmin_permission_set": "role",
}
"""The resource types that are principals."""
_SESSION = "plainwork"
_MOST_NAMES = 5
_BOUNDARY = "permissions_boundary"


@frozen()
class StackPrincipal:
    """A principal with its policies.

    Args:
        name: for messages: its address, or what the user wrote if it is not in the stack.
        request: the principal of a request.
        identity: the statements of its identity-based policies, those of its groups included.
        boundary: those of its permissions boundary; `None` if it has none.
        resource: the principal in the stack, if any.
    """

    name: str
    request: RequestPrincipal
    identity: Statements = ()
    boundary: Statements | None = None
    resource: Resource | None = None


def principal(names: Names, text: str) -> StackPrincipal:
    """Return the principal that *text* names.

    Args:
        names: of the stack.
        text: an address, a name or an ARN of a role or user, the name of a service (`ecs-tasks.amazonaws.com`), or `*`
            for a request without credentials.

    Raises:
        InputError: the stack has no such principal, or several.
    """
    if text == "*":
        return StackPrincipal("anonymous", RequestPrincipal("*", "anonymous"))
    found = _named(names, text)
    if len(found) > 1:
        addresses = enumeration((resource.address for resource in found), "or")
        raise InputError(f"`{text}` is the name of {len(found)} principals; use {addresses}")
    if found:
        return principal_of(names, found[0])
    if ".amazonaws." in text and not text.startswith("arn:"):
        return StackPrincipal(text, RequestPrincipal(text, "service"))
    return _outside(names, text)


def principals(names: Names) -> Iterator[StackPrincipal]:
    """Yield the roles and users of the stack, permission sets included."""
    for resource in names.stack.managed(*KINDS):
        yield principal_of(names, resource)


def principal_of(names: Names, resource: Resource) -> StackPrincipal:
    """Return a role, user or permission set of the stack with its policies."""
    kind = KINDS[resource.type]
    arn = names.arn(resource) if kind == "user" or resource.type == "aws_iam_role" else _role_of_set(resource)
    request = RequestPrincipal(
        arn,
        kind,
        account=names.place(resource).account,
        tags=tags_of(names, resource),
        session_arn=_session(names, resource) if kind == "role" else "",
    )
    return StackPrincipal(
        resource.address, request, tuple(_identity(names, resource)), boundary_of(names, resource), resource
    )


def _role_of_set(resource: Resource) -> Text:
    return Unknown(f"AWS names the role of `{resource.address}`", (f"{resource.address}.role",))


def _session(names: Names, resource: Resource) -> Text:
    place = names.place(resource)
    name = names.attribute(resource, "name")
    return joined(("arn:", place.partition, ":sts::", place.account, ":assumed-role/", name, f"/{_SESSION}"))


def _named(names: Names, text: str) -> list[Resource]:
    """Return the roles and users that *text*, an address, a name or an ARN, may be."""
    candidates = [*names.stack.managed(*KINDS), *names.stack.data("aws_iam_role", "aws_iam_user")]
    for found in (
        [one for one in candidates if one.address == text],
        [one for one in candidates if one.address.partition("[")[0] == text],
        [one for one in candidates if names.arn(one) == text or names.attribute(one, "name") == text],
    ):
        if found:
            return found
    return []


def _outside(names: Names, text: str) -> StackPrincipal:
    arn = parse_arn(text)
    if arn is None:
        known = [resource.address for resource in names.stack.managed(*KINDS)]
        by_name = [name for one in names.stack.managed(*KINDS) if isinstance(name := names.attribute(one, "name"), str)]
        listed = f"; it has {enumeration(known[:_MOST_NAMES])}" if known else "; it has no roles and users"
        raise InputError(
            f"`{text}` is no role or user of this stack (address, name or ARN), no service such as "
            f"`ec2.amazonaws.com`, and not `*`{did_you_mean(text, [*known, *by_name]) or listed}"
        )
    if arn.is_account:
        return StackPrincipal(text, RequestPrincipal(text, "root"))
    kind: PrincipalKind = "user" if arn.resource.startswith("user/") else "role"
    key = f"aws_iam_{kind} {arn.resource.rpartition('/')[2]}"
    unread = unread_policy(f"the policies of `{text}` are not in this stack", name=text)
    held = _statements_of(names, key) if key in identities_by_key(names.stack) else ()
    return StackPrincipal(text, RequestPrincipal(text, kind), (*held, *unread))


def _identity(names: Names, resource: Resource) -> Iterator[Statement]:
    groups = list(groups_of(names.stack, resource))
    keys = [resource.address, *(group for group in groups if isinstance(group, str))]
    for key in keys:
        yield from _statements_of(names, key)
    doubts = [group for group in groups if isinstance(group, Unknown)]
    if resource.mode == "data":
        doubts.append(Unknown(f"`{resource.address}` is not defined in this stack; its other policies are unknown"))
    elif (elsewhere := may_be_elsewhere(resource, names.stack)) is not None:
        doubts.append(elsewhere)
    doubts += _unknown_holders(names, resource)
    for doubt in doubts:
        yield from _possible_grant(doubt)


def _statements_of(names: Names, key: str) -> Iterator[Statement]:
    held = identities_by_key(names.stack).get(key)
    if held is not None:
        yield from map(names.statement, held.statements)
        for one in held.elsewhere:
            yield from policy_by_arn(names, one)


def _unknown_holders(names: Names, resource: Resource) -> Iterator[Unknown]:
    """Yield a reason for each policy of a principal that may be *resource*, because one of the names is unknown."""
    name, prefix = names.attribute(resource, "name"), f"{resource.type} "
    is_unknown = isinstance(name, Unknown) and name.references != (f"{resource.address}.name",)
    for key, held in identities_by_key(names.stack).items():
        if not key.startswith(prefix):
            continue
        may_be_same = is_unknown and equal_text(name, key.removeprefix(prefix)) is not False
        if may_be_same or has_unknown_holder(names.stack, held.resource):
            owner = held.resource.address
            yield Unknown(f"`{owner}` may be a policy of `{resource.address}`: the name of its principal is unknown")


def _possible_grant(why: Unknown) -> Iterator[Statement]:
    """Yield a statement that may allow everything, and denies nothing."""
    yield from (replace(statement, effect="Allow") for statement in unread_policy(why.reason))


def policy_by_arn(names: Names, attached: AttachedArn) -> Statements:
    """Return the statements of a policy by its ARN: one of the stack, an AWS managed policy, or an unknown one."""
    owner, path, arn = attached.owner, attached.path, _looked_up(names, attached)
    made = names.by_arn.get(quote(arn))
    if made is not None and made.type == "aws_iam_policy":
        return tuple(statements_at(names, made.address))
    text = render(arn) or ""
    rows = managed_policy(name_in(text) or "")
    if rows is None:
        reason = f"the document of `{quote(arn)}` is not defined in this stack" if text else arn.reason
        return unread_policy(reason, name=owner.address)
    document = Document(owner, path, "identity")
    content = json.dumps({"Version": "2012-10-17", "Statement": rows})
    return tuple(read_document(content, document, owner.at(path)))


def _looked_up(names: Names, attached: AttachedArn) -> Value:
    """Return the ARN of a policy, that of a `data "aws_iam_policy"` by its name or ARN included."""
    arn = attached.arn
    if not isinstance(arn, Unknown):
        return str(arn)
    found = only_referent(names.stack, attached.owner, arn)
    if found is None or (found.mode, found.type) != ("data", "aws_iam_policy"):
        return names.text(attached.owner, arn)
    known, name = found.get("arn"), found.get("name")
    is_of_aws = isinstance(name, str) and managed_policy(name) is not None
    if isinstance(known, (str, Unknown)):
        return known
    return f"arn:aws:iam::aws:policy/{name}" if is_of_aws else arn


def boundary_of(names: Names, resource: Resource) -> Statements | None:
    """Return the statements of the permissions boundary of a role or user; `None` if it has none."""
    arn = scalar(resource.get(_BOUNDARY), _BOUNDARY)
    if arn is None or arn == "" or is_computed_by_provider(arn):
        return None
    return policy_by_arn(names, AttachedArn(resource, _BOUNDARY, arn))


def statements_at(names: Names, address: str) -> Iterator[Statement]:
    """Yield the statements of the documents of one resource."""
    yield from map(names.statement, statements_by_owner(names.stack).get(address, ()))
