"""Names of Python variables for the blocks of a document."""

from __future__ import annotations

import builtins
import keyword
import re
from typing import TYPE_CHECKING

from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TAKEN = {*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "app", "stack", "local", "build", "jsonencode", "date"}
_AMBIGUOUS = {"l", "o", "i"}
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_UNSPECIFIC = {"this", "main", "default", "self", "current", "selected", "example", "resource"}
_KINDS = {"var": "variable", "local": "local", "module": "module", "data": "data", "provider": "provider"}


@frozen(slots=True)
class Named:
    """A block that needs a name.

    Attributes:
        address: of the block.
        label: its own name.
        type: without the prefix of the provider, such as `s3_bucket`; `""` where it has none.
    """

    address: str
    label: str
    type: str = ""


def variable_names(blocks: Iterable[Named]) -> dict[str, str]:
    """Return a name for each block by its address; each is used once, and the same names for the same blocks.

    The name is the label, where one block alone has it; otherwise the label and the type.
    """
    found: dict[str, str] = {}
    used: set[str] = set()
    ordered = list(blocks)
    labels = [_identifier(block.label) for block in ordered]
    for block in ordered:
        candidates = _candidates(block, is_shared=labels.count(_identifier(block.label)) > 1)
        name = next(name for name in candidates if name not in used and name not in _TAKEN)
        used.add(name)
        found[block.address] = name
    return found


def _candidates(block: Named, *, is_shared: bool) -> Iterator[str]:
    label, type_ = _identifier(block.label), _identifier(block.type) if block.type else ""
    kind = _KINDS.get(block.address.partition(".")[0], "")
    if not type_:
        yield label
    elif label in _UNSPECIFIC:
        yield type_
    elif not is_shared and label not in _AMBIGUOUS:
        yield label
    if type_ and label != type_:
        yield f"{label}_{type_}"
    if kind:
        yield f"{label}_{kind}"
    number = 2
    while True:
        yield f"{label}_{type_}_{number}" if type_ else f"{label}_{number}"
        number += 1


def _identifier(text: str) -> str:
    """Return a text as the name of a variable: in lower case, with `_` in place of what a name cannot have."""
    name = re.sub(r"\W", "_", _WORD_START.sub("_", text), flags=re.ASCII).lower().strip("_")
    return f"block_{name}" if not name or name[0].isdigit() else name
