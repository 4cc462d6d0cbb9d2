"""What `terraform init -backend-config` adds to a backend block.

https://developer.hashicorp.com/terraform/language/backend#partial-configuration
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.hcl.read.bodies import arguments
from plainwork_core.hcl.read.json_syntax import JsonSyntax
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.parser import parse
from plainwork_core.model.stack import Backend, Location
from plainwork_core.model.values import Value
from plainwork_core.read.json_lines import load
from plainwork_core.read.text import decode, read_bytes
from plainwork_core.secrets import hidden_message

_NAME = re.compile(r"[^\W\d][\w-]*")
_Given = dict[str, tuple[Value, Location]]


def completed(backend: Backend, given: Iterable[str]) -> Backend:
    """Return *backend* with what is *given*, which counts before the block, and the later before the earlier.

    Args:
        backend: the block.
        given: names of files with arguments, in JSON if they end in `.json`, or one argument each as `key=value`.

    Raises:
        InputError: a file that cannot be read or parsed, or a name that no argument has.
    """
    found: _Given = {}
    for argument in given:
        found |= _pair(argument, backend.location) if "=" in argument else _file(Path(argument))
    return replace(
        backend,
        values={**backend.values, **{name: value for name, (value, _) in found.items()}},
        given={name: location for name, (_, location) in found.items()},
    )


def _pair(text: str, location: Location) -> _Given:
    name, _, value = text.partition("=")
    if not _NAME.fullmatch(name):
        raise InputError(
            f"--backend-config: {name!r} is not the name of an argument, and Terraform accepts no nested one here; "
            "write `name=value` without spaces, or pass a file"
        )
    return {name: (value, location)}


def _file(path: Path) -> _Given:
    text = decode(read_bytes(path), str(path))
    try:
        body = JsonSyntax(*load(text, str(path))).arguments() if path.suffix == ".json" else parse(text)
        values, lines = arguments(body, Nowhere())
    except HclError as error:
        message = hidden_message(error.message, text, error.line)
        raise InputError(f"{path}:{error.line}: {message}; write `key = value`, one in a line") from error
    return {name: (value, Location(str(path), lines.get(name, 0))) for name, value in values.items()}
