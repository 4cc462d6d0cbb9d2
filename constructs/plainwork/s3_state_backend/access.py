"""The access levels for one state, each with exactly the actions that Terraform calls at that level.

Sources: "Permissions Required" of https://developer.hashicorp.com/terraform/language/backend/s3, and the calls of the
backend (`internal/backend/remote-state/s3` in hashicorp/terraform). Differences from that page:

- no `kms:Encrypt`: S3 does not call it (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html);
- no `dynamodb:DescribeTable`: the backend does not call it;
- no bucket name in `s3:prefix`: a prefix is relative to the bucket.
"""

from __future__ import annotations

from enum import StrEnum

from plainwork_core.frozen import frozen

_GET, _PUT, _DELETE = "s3:GetObject", "s3:PutObject", "s3:DeleteObject"
_GET_ITEM, _PUT_ITEM, _DELETE_ITEM = "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"


class StateAccess(StrEnum):
    """Access levels for one state.

    READ: read the state, for `terraform_remote_state` and `terraform output`.
    PLAN: READ, and acquire the state lock, for `terraform plan`.
    APPLY: PLAN, and write the state, for `terraform apply`.
    WORKSPACE_ADMIN: APPLY in every workspace, and create and delete workspaces.
    """

    READ = "read"
    PLAN = "plan"
    APPLY = "apply"
    WORKSPACE_ADMIN = "workspace-admin"


@frozen()
class StateActions:
    """The actions of one access level, by resource.

    Attributes:
        state: on the state object.
        lock_file: on the `.tflock` object, with locking in S3.
        digest: on the DynamoDB item with the checksum of the state, with locking in DynamoDB.
        lock_item: on the DynamoDB item with the lock, with locking in DynamoDB.
    """

    state: tuple[str, ...]
    lock_file: tuple[str, ...]
    digest: tuple[str, ...]
    lock_item: tuple[str, ...]

    def on_kms_key(self, *, uses_lock_file: bool) -> tuple[str, ...]:
        """Return the actions on the KMS key: decrypt, and generate data keys if this level writes an object."""
        writes = _PUT in self.state or (uses_lock_file and _PUT in self.lock_file)
        return ("kms:Decrypt", "kms:GenerateDataKey") if writes else ("kms:Decrypt",)


_LOCK_FILE = (_DELETE, _GET, _PUT)
_LOCK_ITEM = (_DELETE_ITEM, _GET_ITEM, _PUT_ITEM)
_APPLY = StateActions((_GET, _PUT), _LOCK_FILE, (_GET_ITEM, _PUT_ITEM), _LOCK_ITEM)

ACTIONS = {
    StateAccess.READ: StateActions((_GET,), (), (_GET_ITEM,), ()),
    StateAccess.PLAN: StateActions((_GET,), _LOCK_FILE, (_GET_ITEM,), _LOCK_ITEM),
    StateAccess.APPLY: _APPLY,
    StateAccess.WORKSPACE_ADMIN: _APPLY,
}
"""The actions on the state that a grant names."""

WORKSPACE_ACTIONS = StateActions((_DELETE, _GET, _PUT), _LOCK_FILE, _LOCK_ITEM, _LOCK_ITEM)
"""The actions of WORKSPACE_ADMIN on the states of workspaces other than `default`."""
