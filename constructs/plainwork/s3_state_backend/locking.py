"""How two runs on one state are kept apart: one choice that table, backend block and grants follow."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any

from plainwork.terraform import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.terraform import Construct

_TABLE = re.compile(r"[A-Za-z0-9_.-]{3,255}")


class StateLocking(Enum):
    """Where Terraform takes the lock on a state.

    Runs that take different locks do not exclude each other. So move from DYNAMODB to S3 over DYNAMODB_AND_S3, in which
    a run takes both locks, and go on only when every stack has been initialized again
    (https://developer.hashicorp.com/terraform/language/backend/s3#state-locking).
    """

    S3 = "s3"
    DYNAMODB = "dynamodb"
    DYNAMODB_AND_S3 = "dynamodb-and-s3"

    @property
    def uses_lock_file(self) -> bool:
        """Whether a `.tflock` object lies beside the state while Terraform works."""
        return self is not StateLocking.DYNAMODB

    @property
    def uses_table(self) -> bool:
        """Whether there is a DynamoDB table."""
        return self is not StateLocking.S3


def locking_problems(locking: StateLocking, lock_table: str | None) -> Iterator[str]:
    """One sentence for each thing that is wrong with the choice."""
    if not isinstance(locking, StateLocking):
        yield f"locking must be one of {', '.join(map(str, StateLocking))}: got {locking!r}"
    elif lock_table is not None and not locking.uses_table:
        yield f"lock_table is for locking in DynamoDB, and locking is {locking}: got {lock_table!r}"
    elif lock_table is not None and not _TABLE.fullmatch(str(lock_table)):
        yield f"lock_table must be 3 to 255 letters, digits, '_', '-' and '.', and no reference: got {lock_table!r}"


class Locks:
    """The locking in force.

    Attributes:
        backend_arguments: what every backend block says of it.
        table: the DynamoDB table, or None.
    """

    def __init__(self, scope: Construct, locking: StateLocking, table_name: str) -> None:
        self.locking = locking
        self.table: Resource | None = None
        self.backend_arguments: dict[str, Any] = {}
        if locking.uses_lock_file:
            self.backend_arguments["use_lockfile"] = True
        if locking.uses_table:
            self.backend_arguments["dynamodb_table"] = table_name
            self.table = _lock_table(scope, table_name)


def _lock_table(scope: Construct, name: str) -> Resource:
    return Resource(
        scope,
        "aws_dynamodb_table",
        name=name,
        billing_mode="PAY_PER_REQUEST",
        hash_key="LockID",
        deletion_protection_enabled=True,
        attribute={"name": "LockID", "type": "S"},
        point_in_time_recovery={"enabled": True},
        lifecycle={"prevent_destroy": True},
    )
