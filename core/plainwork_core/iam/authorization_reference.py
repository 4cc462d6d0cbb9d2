"""The condition keys on tags that a request of an action can have, by the Service Authorization Reference.

A key is listed in the row of one resource type of the action, in the action's row without a type, or, for the tags of a
resource, with the resource type itself. A resource that the action creates has no tags yet.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain

from plainwork_core.aws.creating_calls import creating_calls
from plainwork_core.aws.iam_actions import Action, ActionOn, actions_of, resource_types
from plainwork_core.iam.overlap import names_type
from plainwork_core.iam.statement import Statement
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown

_REQUEST = ("aws:requesttag/", "aws:tagkeys")
_RESOURCE = ":resourcetag/"
_CREATE_ACTION = ":CreateAction"
_OPTIONAL_RESOURCE = (
    # https://docs.aws.amazon.com/polly/latest/dg/api-permissions-reference.html
    "polly:synthesizespeech",
    # https://docs.aws.amazon.com/translate/latest/dg/security_iam_id-based-policy-examples.html
    "translate:translatetext",
)
"""Actions whose usual requests have no resource: a lexicon or a terminology is optional."""
_REMOVING = ("untag", "remove", "delete")
"""Beginnings of the names of actions that remove tags."""
_SINGULAR = str.maketrans("", "", "-_ /")


def confirmed(action: Action, is_true: Callable[[Action], Ternary]) -> Ternary:
    """Return *is_true* of *action*; unknown if it is true by one source of the reference only.

    A policy that fails for a fact asks in this way, so that it fails only for what both sources describe.
    """
    answer = is_true(action)
    if answer is not True:
        return answer
    if action.in_second_source is None:
        return _only_once(action)
    if is_true(action.in_second_source) is True:
        return True
    return Unknown(f"two sources of plainwork describe `{action}` differently")


def supports_arns(action: Action) -> Ternary:
    """Return whether *action* supports resource ARNs, by both sources of the reference.

    An action that has gained an optional resource type, such as `cloudwatch:PutMetricData` with `dataset`, still
    requires `*` for its usual requests, so a difference of the sources is no.
    """
    if not action.takes_resource or str(action).lower() in _OPTIONAL_RESOURCE:
        return False
    return _only_once(action) if action.in_second_source is None else action.in_second_source.takes_resource


def _only_once(action: Action) -> Unknown:
    return Unknown(f"only one source of plainwork describes `{action}`, which may be new")


def included_types(action: Action, statement: Statement) -> dict[str, Ternary]:
    """Return the resource types of *action* that *statement* includes, each with yes or an `Unknown`."""
    known = resource_types(action.service)
    resources = statement.resources or ("*",)
    found: dict[str, Ternary] = {}
    for type_ in filter(None, action.on):
        is_included = (
            any_of(names_type(resource, known[type_].arn) for resource in resources) if type_ in known else True
        )
        if is_included is not False:
            found[type_] = is_included
    return found


@cache
def has_request_tags(action: Action) -> bool:
    """Return whether the request of *action* has tags, for at least one resource type."""
    return any(lists_request_tags(row.keys) for row in action.on.values())


def sets_tags(action: Action) -> bool:
    """Return whether *action* is for tags of existing resources and sets them, such as `ec2:CreateTags`."""
    return _is_on_tags(action) and not action.name.lower().startswith(_REMOVING)


def removes_tags(action: Action) -> bool:
    """Return whether *action* is for tags of existing resources and removes them, such as `ec2:DeleteTags`."""
    return _is_on_tags(action) and action.name.lower().startswith(_REMOVING)


def _is_on_tags(action: Action) -> bool:
    return action.level == "Tagging" and has_request_tags(action)


def has_resource_tags(action: Action, statement: Statement) -> Ternary:
    """Return whether a condition on *action* can test the tags of a resource of *statement*."""
    if "" in action.on and _has_resource_tags(action, "", action.on[""]):
        return True
    if not any(action.on):
        return False
    types = included_types(action, statement)
    return _of_some(action, {type_: _has_resource_tags(action, type_, action.on[type_]) for type_ in types}, types)


def lists_key(action: Action, key: str) -> bool:
    """Return whether the reference lists the condition *key* for *action*, or for a resource type of it."""
    types = resource_types(action.service)
    of_types = (types[type_].keys for type_ in action.on if type_ in types)
    listed = chain(of_types, (row.keys for row in action.on.values()))
    return any(_key_name(one) == _key_name(key) for keys in listed for one in keys)


def creates_all(action: Action, statement: Statement) -> Ternary:
    """Return whether *action* creates every resource of *statement* that it works on.

    Of an action without resource types only the name tells: `CreateFileSystem` does, `PutStorageLensConfiguration` may.
    """
    types = included_types(action, statement)
    if not has_request_tags(action):
        return False
    if not any(action.on):
        is_unknown = Unknown(f"the Service Authorization Reference lists no resource type for `{action}`")
        return action.name.startswith("Create") or is_unknown
    exists = _of_some(action, {type_: not is_created(action, type_) for type_ in types}, types)
    return exists if isinstance(exists, Unknown) else not exists


def is_created(action: Action, type_: str) -> bool:
    """Return whether *action* creates resources of *type_*.

    It does if the reference lists tags of the request for the type, and none of the resource, as the pages of Amazon
    EC2 do; or if its name contains the type, as in `CreateFunction` on a `function`.
    """
    keys = action.on[type_].keys
    is_listed = lists_request_tags(keys) and not _lists_resource_tags(keys) and action.level != "Tagging"
    return is_listed or action.name.lower() == f"create{type_.translate(_SINGULAR).lower()}"


def required_without_request_tags(action: Action, statement: Statement) -> dict[str, Ternary]:
    """Return the types of *statement* that *action* always needs and whose part of the request has no tags.

    Only Amazon EC2 is known to authorize each resource of a request with the tags of that resource.
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
    """
    if action.service != "ec2" or not has_request_tags(action):
        return {}
    if "" in action.on and lists_request_tags(action.on[""].keys):
        return {}
    rows = action.on
    types = included_types(action, statement).items()
    return {
        type_: is_included
        for type_, is_included in types
        if rows[type_].required and not lists_request_tags(rows[type_].keys)
    }


@cache
def tagging_actions(action: Action) -> tuple[str, ...]:
    """Return the actions of the same service one of which AWS requires if *action* sets tags; usually none."""
    if not has_request_tags(action):
        return ()
    if call := creating_calls().get(str(action)):
        return call.tagging
    required = {name for name in action.depends if name.startswith(f"{action.service}:")}
    own = actions_of(action.service)
    found = (name for name in required if (one := own.get(name.partition(":")[2].lower())) and one.level == "Tagging")
    return tuple(sorted(found))


def supports_create_action(service: str) -> bool:
    """Return whether *service* has the condition key `<service>:CreateAction`, which limits tagging to creation."""
    rows = (row for action in actions_of(service).values() for row in action.on.values())
    return any(key.endswith(_CREATE_ACTION) for row in rows for key in row.keys)


def _of_some(action: Action, answers: dict[str, bool], types: dict[str, Ternary]) -> Ternary:
    """Return whether the answer is yes for one of the included *types*; one of the possible types is included."""
    if not types:
        return Unknown(f"`Resource` includes no resource type of `{action}` that plainwork has")
    if len(set(answers.values())) == 1:
        return next(iter(answers.values()))
    return any_of(types[type_] for type_, answer in answers.items() if answer)


def _has_resource_tags(action: Action, type_: str, row: ActionOn) -> bool:
    if _lists_resource_tags(row.keys):
        return True
    known = resource_types(action.service).get(type_)
    if not type_ or is_created(action, type_):
        return False
    return known is None or _lists_resource_tags(known.keys)


def _key_name(key: str) -> str:
    """Return `ec2:resourcetag` of `ec2:ResourceTag/Owner`."""
    return key.lower().partition("/")[0]


def lists_request_tags(keys: Iterable[str]) -> bool:
    """Return whether *keys* have a key on the tags of the request."""
    return any(key.lower().startswith(_REQUEST) for key in keys)


def _lists_resource_tags(keys: Iterable[str]) -> bool:
    return any(_RESOURCE in key.lower() for key in keys)
