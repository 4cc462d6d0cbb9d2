"""File systems, and the statements of IAM policies about their clients.

https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
"""

from __future__ import annotations

from plainwork_core.aws.efs import ACCESSED_VIA_MOUNT_TARGET, CLIENT_MOUNT, CLIENT_ROOT_ACCESS, CLIENT_WRITE
from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.iam.conditions import requires_true
from plainwork_core.iam.statement import Text
from plainwork_core.model.references import names_attribute, only_referent
from plainwork_core.model.stack import Resource as ModelResource
from plainwork_core.model.stack import cached_per_stack
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown
from plainwork_core.wildcards import matches
from plainwork_policies.api import Resource, Stack
from plainwork_policies.reading.statement import Statement

FILE_SYSTEM = "aws_efs_file_system"
_CLIENT_ACTIONS = (CLIENT_MOUNT, CLIENT_WRITE, CLIENT_ROOT_ACCESS)
_MOUNT_TARGET = ACCESSED_VIA_MOUNT_TARGET.lower()


def file_systems(stack: Stack) -> list[Resource]:
    """Return the file systems."""
    return [Resource(file_system, stack) for file_system in stack.managed(FILE_SYSTEM)]


def file_systems_of(statement: Statement) -> list[Resource]:
    """Return the file systems of which `Resource` of *statement* has, or may have, the ARN."""
    model, stack = statement.owner, statement.stack
    found: dict[str, ModelResource] = {}
    for text in model.resources:
        if isinstance(text, Unknown) and not names_attribute(text):
            return file_systems(stack)
        referent = only_referent(stack, model.document.owner, text) if isinstance(text, Unknown) else None
        file_system = _by_arn(stack).get(text) if isinstance(text, str) else referent
        if file_system is not None and file_system.type == FILE_SYSTEM:
            found[file_system.address] = file_system
    return [Resource(file_system, stack) for file_system in found.values()]


@cached_per_stack
def _by_arn(stack: Stack) -> dict[str, ModelResource]:
    known = ((file_system.get("arn"), file_system) for file_system in stack.managed(FILE_SYSTEM))
    return {arn: file_system for arn, file_system in known if isinstance(arn, str)}


def client_actions(statement: ModelStatement) -> dict[str, Ternary]:
    """Return the actions of NFS clients that a statement has, or may have, without the prefix: `ClientMount`."""
    found = {action: any_of(_matches(text, action) for text in statement.actions) for action in _CLIENT_ACTIONS}
    return {action.partition(":")[2]: answer for action, answer in found.items() if answer is not False}


def includes_file_system(statement: ModelStatement, file_system: Resource) -> Ternary:
    """Return whether `Resource` of a statement has the ARN of a file system; a wildcard does not count."""
    return any_of(_is_arn_of(file_system, text, statement) for text in statement.resources)


def requires_mount_target(statement: ModelStatement) -> Ternary:
    """Return whether a statement only applies to clients that connect through a mount target."""
    return requires_true(statement, _MOUNT_TARGET)


def _matches(text: Text, action: str) -> Ternary:
    return text if isinstance(text, Unknown) else matches(text.lower(), action.lower())


def _is_arn_of(file_system: Resource, text: Text, statement: ModelStatement) -> Ternary:
    if not isinstance(text, Unknown):
        return bool(text == file_system.owner.get("arn"))
    if names_attribute(text):
        return only_referent(file_system.stack, statement.document.owner, text) is file_system.owner
    return text
