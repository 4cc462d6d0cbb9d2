"""How far the schema that is read from bindings agrees with that of the provider itself.

Usage: `python -m tools.bindings.agreement WHEEL`, where WHEEL is one of bindings of the provider 5.99 or 5.100, such as
`cdktf_cdktf_provider_aws-20.1.0-py3-none-any.whl`. The result is compared with the shipped schema of 5.100.0 and
printed as a table; `docs/decisions/D19-two-provider-versions.md` has the figures.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plainwork_core.schema import Attribute, BlockSchema, NestedBlock, Schema
from plainwork_core.schema.model import from_distinct_blocks
from plainwork_core.schema.reduction import distinct_blocks
from tools.bindings.schema import OLDER, read
from tools.packages import wheel

FLAGS = ("required", "optional", "computed", "write_only")
Result = tuple[str, str, str]
"""What is compared, the name, and how the two differ; empty where they are equal."""


def results(path: str, own: BlockSchema, known: BlockSchema) -> Iterator[Result]:
    """Yield a result for each fact about the names of two blocks."""
    for name in sorted({*own.names, *known.names}):
        inside = f"{path}.{name}"
        pair = _named(own, name), _named(known, name)
        match pair:
            case (Attribute() as mine, Attribute() as real):
                yield "type", inside, _difference(mine.type, real.type)
                yield "flags", inside, _difference(*([flag for flag in FLAGS if getattr(each, flag)] for each in pair))
            case (NestedBlock() as mine, NestedBlock() as real):
                yield "nesting", inside, _difference(mine.nesting, real.nesting)
                yield "at most one", inside, _difference(mine.is_one, real.is_one)
                yield "exact limits", inside, _difference(_limits(mine), _limits(real))
                yield from results(inside, mine.block, real.block)
            case _:
                yield "argument or block", inside, _difference(*(type(each).__name__ for each in pair))


def compared(bindings: Path) -> Iterator[Result]:
    """Yield the results of each type that the bindings and the shipped schema have."""
    known = Schema(OLDER)
    for mode, type_, block in read(wheel(bindings)):
        real = known.block(mode, type_)
        yield "type of resource", f"{mode} {type_}", "" if real else "not in the schema"
        if real:
            yield from results(f"{mode} {type_}", from_distinct_blocks(distinct_blocks(block)), real)


def _named(block: BlockSchema, name: str) -> Attribute | NestedBlock | None:
    return block.attributes.get(name) or block.blocks.get(name)


def _limits(nested: NestedBlock) -> tuple[int, int]:
    return nested.min_items, nested.max_items


def _difference(own: Any, known: Any) -> str:
    return "" if own == known else f"{own}, in the schema {known}"


def main(arguments: list[str]) -> None:
    """Print the number of facts and of differences of each kind, then the differences."""
    found = list(compared(Path(arguments[0])))
    total, different = Counter(row[0] for row in found), Counter(row[0] for row in found if row[2])
    for kind in total:
        print(f"| {kind} | {total[kind]:,} | {different[kind]:,} |")
    for kind, name, difference in found:
        if difference:
            print(f"{kind}: {name}: {difference[:200]}")


if __name__ == "__main__":
    main(sys.argv[1:])
