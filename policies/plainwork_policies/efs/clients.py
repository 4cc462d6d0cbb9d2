"""What a client of a file system may be allowed.

https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
"""

from __future__ import annotations

from plainwork_core.aws.efs import (
    ACCESSED_VIA_MOUNT_TARGET,
    CLIENT_MOUNT,
    CLIENT_ROOT_ACCESS,
    CLIENT_WRITE,
)
from plainwork_core.iam.patterns import matches
from plainwork_core.iam.statement import Statement, Text
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown

MOUNT_TARGET = ACCESSED_VIA_MOUNT_TARGET.lower()
_ACTIONS = (CLIENT_MOUNT, CLIENT_WRITE, CLIENT_ROOT_ACCESS)


def client_actions(statement: Statement) -> dict[str, Ternary]:
    """Return which of the three things a client may do *statement* names, or may name."""
    found = {action: any_of(_names(each, action) for each in statement.actions) for action in _ACTIONS}
    return {action.partition(":")[2]: answer for action, answer in found.items() if answer is not False}


def _names(text: Text, action: str) -> Ternary:
    pattern = render(text)
    if pattern is None or isinstance(text, Unknown):
        return text if isinstance(text, Unknown) else False
    return matches(pattern.lower(), action.lower())
