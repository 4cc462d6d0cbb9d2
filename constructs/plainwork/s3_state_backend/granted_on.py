"""The statements that a grant comes to on one backend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.iam import allow, condition
from plainwork.s3_state_backend.access import ACTIONS, WORKSPACE_ACTIONS, Actions, StateAccess
from plainwork.s3_state_backend.kms_key import via_s3

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.s3_state_backend.encryption import EncryptedWith
    from plainwork.s3_state_backend.grant import Grant
    from plainwork.s3_state_backend.keys import StateKey
    from plainwork.s3_state_backend.locking import Locks

DEFAULT_WORKSPACE_KEY_PREFIX = "env:"
"""Where Terraform keeps the states of workspaces other than `default`, unless `workspace_key_prefix` says otherwise."""

EVERY_WORKSPACE = "*"
"""A workspace's name in the ARNs of WORKSPACE_ADMIN."""


@dataclass(frozen=True)
class GrantedOn:
    """What grants are given on: the resources of one backend; `workspace_key_prefix` is None for Terraform's own."""

    bucket_name: str
    bucket_arn: str
    encrypted: EncryptedWith
    locks: Locks
    workspace_key_prefix: str | None

    def statements(self, grant: Grant) -> list[dict[str, Any]]:
        """The statements that a grant comes to."""
        path = self._path(grant.key, grant.workspace)
        found = [self._listing(grant, path), *self._on_state(path, ACTIONS[grant.access], "")]
        if grant.access is StateAccess.WORKSPACE_ADMIN:
            found += self._on_state(self._path(grant.key, EVERY_WORKSPACE), WORKSPACE_ACTIONS, "OfWorkspaces")
        if self.encrypted.key_arn:
            actions = ACTIONS[grant.access].on_key(uses_lock_file=self.locks.locking.uses_lock_file)
            found.append(allow("UseKey", actions, [self.encrypted.key_arn], via_s3(self.encrypted.region)))
        return found

    def _path(self, key: StateKey, workspace: str | None) -> str:
        return f"{self._workspaces}/{workspace}/{key.path}" if workspace else key.path

    @property
    def _workspaces(self) -> str:
        return self.workspace_key_prefix or DEFAULT_WORKSPACE_KEY_PREFIX

    def _listing(self, grant: Grant, path: str) -> dict[str, Any]:
        """Permission to list: without it S3 answers 403, not 404, where there is no state yet, and none can be begun.

        A HEAD request has no prefix, so whoever may begin a state needs `IfExists`. That shows the names of other
        states, not what is in them. https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
        """
        prefixes = [path]
        if self.workspace_key_prefix or grant.workspace or grant.access is StateAccess.WORKSPACE_ADMIN:
            prefixes.append(f"{self._workspaces}/")
        test = "StringEquals" if grant.access is StateAccess.READ else "StringEqualsIfExists"
        return allow("FindState", ["s3:ListBucket"], [self.bucket_arn], condition(test, "s3:prefix", *prefixes))

    def _on_state(self, path: str, actions: Actions, suffix: str) -> Iterator[dict[str, Any]]:
        state = f"{self.bucket_arn}/{path}"
        yield allow(f"UseState{suffix}", actions.state, [state])
        if self.locks.locking.uses_lock_file and actions.lock_file:
            yield allow(f"UseLockFile{suffix}", actions.lock_file, [f"{state}.tflock"])
        if self.locks.table is None:
            return
        table, lock = [self.locks.table["arn"]], f"{self.bucket_name}/{path}"
        yield allow(f"UseDigest{suffix}", actions.digest, table, _only_item(f"{lock}-md5"))
        if actions.lock_item:
            yield allow(f"UseLockItem{suffix}", actions.lock_item, table, _only_item(lock))


def _only_item(lock_id: str) -> dict[str, Any]:
    """By https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html ."""
    test = "ForAllValues:StringLike" if EVERY_WORKSPACE in lock_id else "ForAllValues:StringEquals"
    return condition(test, "dynamodb:LeadingKeys", lock_id)
