"""Who may do what with one state: four levels, each as the permissions that Terraform uses at that level and no more.

Sources: "Permissions Required" of https://developer.hashicorp.com/terraform/language/backend/s3, and the calls that the
backend makes (`internal/backend/remote-state/s3` in hashicorp/terraform). Against that page there is no `kms:Encrypt`,
which S3 never calls (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html), no
`dynamodb:DescribeTable`, which the backend never calls, and no bucket name in `s3:prefix`, which is relative to the
bucket.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_GET, _PUT, _DELETE = "s3:GetObject", "s3:PutObject", "s3:DeleteObject"
_GET_ITEM, _PUT_ITEM, _DELETE_ITEM = "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"


class StateAccess(StrEnum):
    """What somebody may do with one state.

    READ: `terraform_remote_state` and `terraform output`.
    PLAN: READ, and take the lock, so `terraform plan`.
    APPLY: PLAN, and write the state.
    WORKSPACE_ADMIN: APPLY in every workspace, and make and delete workspaces.
    """

    READ = "read"
    PLAN = "plan"
    APPLY = "apply"
    WORKSPACE_ADMIN = "workspace-admin"


@dataclass(frozen=True)
class Actions:
    """The actions of one level, by what they act on.

    Attributes:
        state: on the state object.
        lock_file: on the `.tflock` object, where locking is in S3.
        digest: on the item with the state's checksum, where locking is in DynamoDB.
        lock_item: on the item that is the lock, where locking is in DynamoDB.
    """

    state: tuple[str, ...]
    lock_file: tuple[str, ...]
    digest: tuple[str, ...]
    lock_item: tuple[str, ...]

    def on_key(self, *, uses_lock_file: bool) -> tuple[str, ...]:
        """On the KMS key, where there is one: to read what is there, and to write where anything is put."""
        puts = _PUT in self.state or (uses_lock_file and _PUT in self.lock_file)
        return ("kms:Decrypt", "kms:GenerateDataKey") if puts else ("kms:Decrypt",)


_LOCK_FILE = (_DELETE, _GET, _PUT)
_LOCK_ITEM = (_DELETE_ITEM, _GET_ITEM, _PUT_ITEM)
_APPLY = Actions((_GET, _PUT), _LOCK_FILE, (_GET_ITEM, _PUT_ITEM), _LOCK_ITEM)

ACTIONS = {
    StateAccess.READ: Actions((_GET,), (), (_GET_ITEM,), ()),
    StateAccess.PLAN: Actions((_GET,), _LOCK_FILE, (_GET_ITEM,), _LOCK_ITEM),
    StateAccess.APPLY: _APPLY,
    StateAccess.WORKSPACE_ADMIN: _APPLY,
}

WORKSPACE_ACTIONS = Actions((_DELETE, _GET, _PUT), _LOCK_FILE, _LOCK_ITEM, _LOCK_ITEM)
"""What WORKSPACE_ADMIN may do with the states of workspaces other than `default`."""
