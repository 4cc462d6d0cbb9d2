"""State locking: one choice that DynamoDB table, backend block and grants follow."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any

from plainwork.terraform import Resource
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.s3_state_backend.bucket import BucketLocation
    from plainwork.terraform import Construct

_TABLE = re.compile(r"[A-Za-z0-9_.-]{3,255}")


class StateLocking(Enum):
    """Where Terraform acquires the lock of a state.

    Runs that acquire different locks do not exclude each other. To migrate from DYNAMODB to S3, use DYNAMODB_AND_S3
    first: a run then acquires both locks. Continue with S3 when every stack has been initialized again
    (https://developer.hashicorp.com/terraform/language/backend/s3#state-locking).
    """

    S3 = "s3"
    DYNAMODB = "dynamodb"
    DYNAMODB_AND_S3 = "dynamodb-and-s3"

    @property
    def uses_lock_file(self) -> bool:
        """Whether Terraform creates a `.tflock` object next to the state."""
        return self is not StateLocking.DYNAMODB

    @property
    def uses_table(self) -> bool:
        """Whether Terraform locks in a DynamoDB table."""
        return self is not StateLocking.S3


def locking_problems(locking: StateLocking, dynamodb_table: str | None) -> Iterator[str]:
    """Yield a message if the value is not a StateLocking, or the table name is invalid or unused."""
    if not isinstance(locking, StateLocking):
        yield f"locking must be one of {', '.join(map(str, StateLocking))}: got {locking!r}"
    elif dynamodb_table is not None and not locking.uses_table:
        yield f"dynamodb_table must not be set, because locking is {locking}: got {dynamodb_table!r}"
    elif dynamodb_table is not None and not _TABLE.fullmatch(str(dynamodb_table)):
        yield (
            "dynamodb_table must be 3 to 255 letters, digits, '_', '-' and '.', and not a reference: "
            f"got {dynamodb_table!r}"
        )


@frozen()
class StateLocks:
    """The locking of one backend.

    Attributes:
        locking: the configured locking.
        table_name: the name of the DynamoDB table, or None.
        table_arn: its ARN, or None.
        table: the created `aws_dynamodb_table`, or None.
    """

    locking: StateLocking
    table_name: str | None = None
    table_arn: str | None = None
    table: Resource | None = None

    @property
    def backend_arguments(self) -> dict[str, Any]:
        """The arguments of the backend block."""
        lock_file = {"use_lockfile": True} if self.locking.uses_lock_file else {}
        return lock_file | ({"dynamodb_table": self.table_name} if self.table_name else {})


def create_locks(scope: Construct, locking: StateLocking, table_name: str) -> StateLocks:
    """Return the locking, with a new table if it uses one."""
    if not locking.uses_table:
        return StateLocks(locking)
    table = _create_table(scope, table_name)
    return StateLocks(locking, table_name, table["arn"], table)


def existing_locks(locking: StateLocking, table_name: str, location: BucketLocation) -> StateLocks:
    """Return the locking with a table that exists in the account and Region of the bucket."""
    if not locking.uses_table:
        return StateLocks(locking)
    return StateLocks(locking, table_name, location.arn("dynamodb", f"table/{table_name}"))


def _create_table(scope: Construct, name: str) -> Resource:
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
