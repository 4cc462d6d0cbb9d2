"""What `terraform init` stored: the backend, and the selected workspace.

https://developer.hashicorp.com/terraform/cli/init#initialization-workflow
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plainwork_core.doctor.facts import CachedBackend
from plainwork_core.errors import InputError
from plainwork_core.read import json_text
from plainwork_core.read.text import decode, read_bytes

_FILE = "terraform.tfstate"
_WORKSPACE = "environment"
_LARGEST = 1 << 20
"""Bytes of a file with a backend or a workspace, which has some two kilobytes."""
_REMEDY = "delete the file and run `terraform init`"


def cached_backend(data_directory: Path) -> CachedBackend | None:
    """Return the backend in *data_directory*, which is `.terraform` or `TF_DATA_DIR`; None without one.

    Raises:
        InputError: the file cannot be read, or is not what Terraform writes.
    """
    file = data_directory / _FILE
    text = _text(file)
    if text is None or not text.strip():
        return None
    document = json_text.parse(text, str(file))
    backend = document.get("backend") if isinstance(document, Mapping) else document
    if backend is None:
        return None
    config = backend.get("config") if isinstance(backend, Mapping) else None
    if not isinstance(config, Mapping) or not isinstance(backend.get("type"), str):
        raise InputError(f"{file}: not the backend that `terraform init` writes; {_REMEDY}")
    return CachedBackend(
        str(file), backend["type"], _set(config), _integer(backend.get("hash")), _string(document, "terraform_version")
    )


def selected_workspace(data_directory: Path) -> str:
    """Return the workspace that `terraform workspace select` stored; "" if none is.

    Raises:
        InputError: the file cannot be read.
    """
    return (_text(data_directory / _WORKSPACE) or "").strip()


def _text(file: Path) -> str | None:
    try:
        if not file.exists():
            return None
        if file.is_file() and file.stat().st_size > _LARGEST:
            raise InputError(f"{file}: larger than 1 MiB, so not a file of `terraform init`; {_REMEDY}")
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error
    return decode(read_bytes(file), str(file))


def _set(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return *values* without arguments that are not set, at any depth."""
    found = {name: _set(value) if isinstance(value, Mapping) else value for name, value in values.items()}
    return {name: value for name, value in found.items() if value is not None and value != {}}


def _integer(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _string(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    return value if isinstance(value, str) else ""
