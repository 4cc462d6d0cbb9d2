"""The actions that a user names."""

from __future__ import annotations

from plainwork_core.aws.iam_actions import Action, actions_of, expand, services
from plainwork_core.errors import InputError, did_you_mean, nearest


def action_named(name: str) -> Action:
    """Return one action by its name, in any case.

    Raises:
        InputError: no service has it, or *name* has a wildcard.
    """
    found = actions_named(name)
    if "*" in name or "?" in name:
        raise InputError(f"`{name}` is the pattern of {len(found)} actions; name one, such as `{found[0]}`")
    return found[0]


def actions_named(pattern: str) -> tuple[Action, ...]:
    """Return the actions of a name or a pattern, such as `s3:Delete*`.

    Raises:
        InputError: no service has such an action.
    """
    found = expand(pattern)
    if not found:
        raise InputError(f"`{pattern}` is no action in the AWS Service Authorization Reference{_hint(pattern)}")
    return found


def _hint(pattern: str) -> str:
    service, colon, name = pattern.partition(":")
    if not colon:
        return "; write the service before it, such as `s3:GetObject`"
    known = actions_of(service.lower())
    if not known:
        return did_you_mean(service.lower(), services())
    near = nearest(name.lower(), known)
    return f"; did you mean `{known[near]}`?" if near else ""
