"""An access point as the file system of a Lambda function."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork.errors import ArgumentsError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATH = re.compile(r"/mnt/[a-zA-Z0-9_.-]+")
_LONGEST_PATH = 160


def file_system_config(access_point_arn: str, local_mount_path: str) -> dict[str, str]:
    """The `file_system_config` block of an `aws_lambda_function`.

    Raises:
        ArgumentsError: Lambda would reject the path
            (https://docs.aws.amazon.com/lambda/latest/api/API_FileSystemConfig.html).
    """
    if problems := [*_problems(local_mount_path)]:
        raise ArgumentsError("a file system of a Lambda function", problems)
    return {"arn": access_point_arn, "local_mount_path": local_mount_path}


def _problems(path: Any) -> Iterator[str]:
    if scalars.is_reference(path):
        return
    if not _PATH.fullmatch(str(path)):
        yield f"local_mount_path must be one directory in /mnt, as '/mnt/data': got {path!r}"
    elif len(path) > _LONGEST_PATH:
        yield f"local_mount_path must have at most {_LONGEST_PATH} characters: got {len(path)}, in {path!r}"
