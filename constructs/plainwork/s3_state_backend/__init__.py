"""A bucket for Terraform state; see docs/s3-state-backend.md."""

from plainwork.errors import GrantError
from plainwork.s3_state_backend.access import StateAccess
from plainwork.s3_state_backend.backend import S3StateBackend
from plainwork.s3_state_backend.bucket_policy import Perimeter
from plainwork.s3_state_backend.encryption import SseKms, SseS3
from plainwork.s3_state_backend.keys import StateKeyError
from plainwork.s3_state_backend.locking import StateLocking
from plainwork.s3_state_backend.retention import Retention
from plainwork.s3_state_backend.states import BucketTakenError

__all__ = [
    "BucketTakenError",
    "GrantError",
    "Perimeter",
    "Retention",
    "S3StateBackend",
    "SseKms",
    "SseS3",
    "StateAccess",
    "StateKeyError",
    "StateLocking",
]
