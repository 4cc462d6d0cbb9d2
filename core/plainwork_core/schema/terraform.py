"""Asking Terraform for the schemas of the providers that a directory uses."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

from plainwork_core.errors import SchemaError
from plainwork_core.schema import reduction
from plainwork_core.schema.store import ORIGIN

BINARY = "TERRAFORM_BINARY_NAME"
"""The environment variable that names another binary, as it does for CDKTF: `tofu`."""

_PUBLIC = "registry.terraform.io/"
_DECORATION = re.compile("\x1b\\[[0-9;]*m|[╷│╵]")
"""The colors and the frame of an error of Terraform."""


def ask(directory: Path) -> dict[str, Any]:
    """Return the members of a schema file for the providers of an initialized Terraform directory.

    Raises:
        SchemaError: there is no Terraform, the directory is not initialized, or it uses no provider.
    """
    if not directory.is_dir():
        raise SchemaError(f"{directory}: not a directory; pass an initialized Terraform directory with `--directory`")
    document = _run(directory, "providers", "schema", "-json")
    if not document.get("provider_schemas"):
        raise SchemaError(f"{directory}: uses no provider")
    if not str(document.get("format_version")).startswith("1."):
        raise SchemaError(f"Terraform wrote its schema in format {document.get('format_version')!r}; supported: 1.x")
    version = _run(directory, "version", "-json")
    selected = version["provider_selections"]
    providers = {source.removeprefix(_PUBLIC): selected.get(source) for source in document["provider_schemas"]}
    return {**reduction.members(document), ORIGIN: {"terraform": version["terraform_version"], "providers": providers}}


def _run(directory: Path, *arguments: str) -> dict[str, Any]:
    binary = os.environ.get(BINARY, "terraform")
    command = [binary, f"-chdir={directory}", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)  # noqa: S603  the user's own binary
        answer: dict[str, Any] = json.loads(done.stdout)
    except FileNotFoundError as error:
        raise SchemaError(f"{binary} is not on PATH; install Terraform, or set {BINARY} to another binary") from error
    except subprocess.CalledProcessError as error:
        output = " ".join(_DECORATION.sub(" ", error.stderr).split())
        raise SchemaError(
            f"`{' '.join(command)}` failed; run `terraform init` in {directory} first. Terraform: {output}"
        ) from error
    except ValueError as error:
        raise SchemaError(f"`{' '.join(command)}` wrote no JSON: {error}") from error
    return answer
