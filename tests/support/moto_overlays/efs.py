"""Additions to moto for EFS. Each docstring states what moto does without the addition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.efs.models import FileSystem
from moto.efs.responses import EFSResponse

if TYPE_CHECKING:
    import pytest

_JSON = {"Content-Type": "application/json"}


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    patch.setattr(EFSResponse, "put_backup_policy", _put_backup_policy, raising=False)
    patch.setattr(FileSystem, "backup_policy", property(_backup_policy))
    patch.setattr(EFSResponse, "delete_file_system_policy", _delete_file_system_policy, raising=False)


def _put_backup_policy(response: EFSResponse) -> tuple[str, dict[str, Any]]:
    """Moto has no such action."""
    policy = response._get_param("BackupPolicy")  # noqa: SLF001  moto's own way to read parameters
    _file_system(response)._backup = policy["Status"]  # noqa: SLF001  moto reads the status from it
    return json.dumps({"BackupPolicy": policy}), _JSON


def _backup_policy(file_system: Any) -> dict[str, str]:
    """Moto keeps the backup status of the creation, and has no disabled status."""
    status = file_system._backup  # noqa: SLF001  moto reads the status from it
    return {"Status": status if isinstance(status, str) else "ENABLED" if status else "DISABLED"}


def _delete_file_system_policy(response: EFSResponse) -> tuple[str, dict[str, Any]]:
    """Moto has no such action."""
    _file_system(response).file_system_policy = None
    return "{}", _JSON


def _file_system(response: EFSResponse) -> Any:
    return response.efs_backend.file_systems_by_id[response._get_param("FileSystemId")]  # noqa: SLF001  as above
