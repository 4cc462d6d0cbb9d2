"""JSON text."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from plainwork_core.errors import InputError
from plainwork_core.surrogates import without_half_pairs


def _reject(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number")


_DECODER = json.JSONDecoder(parse_constant=_reject)


def unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON, as an `object_pairs_hook`; Python would keep the last of two members with one name.

    Raises:
        ValueError: two members have the same name.
    """
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        duplicate = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"duplicate key {duplicate!r} in an object")
    return members


def parse(text: str, file: str, **options: Any) -> Any:
    """Parse *text*, the content of *file*.

    Args:
        text: JSON.
        file: its name, for the message.
        options: further arguments of `json.JSONDecoder`.

    Raises:
        InputError: invalid JSON, or a number that JSON does not have.
    """
    decoder = json.JSONDecoder(parse_constant=_reject, **options) if options else _DECODER
    try:
        return decoder.decode(without_half_pairs(text))
    except json.JSONDecodeError as error:
        raise InputError(
            f"{file}:{error.lineno}: invalid JSON: {error.msg} (column {error.colno}); create the file again"
        ) from error
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply to be read" if isinstance(error, RecursionError) else error
        if "integer string conversion" in str(reason):
            reason = "a number has too many digits"
        raise InputError(f"{file}: invalid JSON: {reason}; create the file again") from error
