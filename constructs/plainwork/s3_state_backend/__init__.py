"""An S3 bucket for Terraform state; see docs/s3-state-backend.md."""

from plainwork.errors import GrantError
from plainwork.s3_state_backend.access import StateAccess
from plainwork.s3_state_backend.backend import S3StateBackend
from plainwork.s3_state_backend.bucket_policy import StateBucketPerimeter
from plainwork.s3_state_backend.encryption import NEW_KMS_KEY
from plainwork.s3_state_backend.existing import ExistingStateBackend
from plainwork.s3_state_backend.locking import StateLocking
from plainwork.s3_state_backend.state_keys import DuplicateBucketError, StateKeyError

__all__ = [
    "NEW_KMS_KEY",
    "DuplicateBucketError",
    "ExistingStateBackend",
    "GrantError",
    "S3StateBackend",
    "StateAccess",
    "StateBucketPerimeter",
    "StateKeyError",
    "StateLocking",
]
