"""A plan together with the HCL that it was made of: what the plan does not show is taken from the HCL.

A plan hides an argument as a whole if a part of it is known only after apply, such as a policy document with one new
ARN. It has neither the backend nor the lines of the code. The plan wins wherever both have a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from plainwork_core import python_constructs, python_lines
from plainwork_core.addresses import KEY, without_keys
from plainwork_core.errors import InputError
from plainwork_core.model.stack import ModuleCall, Provider, Resource, Stack
from plainwork_core.output_directory import DOCUMENT
from plainwork_core.read.configuration import stack
from plainwork_core.read.module_scope import ModuleScope
from plainwork_core.read.options import Reading
from plainwork_core.read.plan_overlay import overlaid, placed
from plainwork_core.read.planned_values import PlannedValues
from plainwork_core.read.root_module import declared, root_scope
from plainwork_core.text import listed

_Block = TypeVar("_Block", Resource, Provider, ModuleCall)


def completed(stacks: Sequence[Stack], directory: Path, reading: Reading) -> list[Stack]:
    """Return *stacks* with the only plan among them `with_source`.

    Raises:
        InputError: there is not exactly one plan, or see `with_source`.
    """
    plans = [found.source for found in stacks if found.format == "plan"]
    if len(plans) != 1:
        number = f"there are {len(plans)} ({', '.join(plans)})" if plans else "there is none"
        raise InputError(f"--source requires one plan, but {number}; check one plan at a time")
    return [with_source(found, directory, reading) if found.format == "plan" else found for found in stacks]


def with_source(plan: Stack, directory: Path, reading: Reading | None = None) -> Stack:
    """Return *plan* with what only the HCL in *directory*, the root module that it was made of, shows.

    Raises:
        InputError: the HCL cannot be read, or it is not that of the plan.
    """
    reading = replace(reading or Reading(), checked=None, planned=PlannedValues.of(plan))
    module = reading.files.at(directory)
    scope = root_scope(module, "hcl", reading)
    _check(plan, scope, directory)
    written = stack(scope, str(directory), "hcl", is_whole=True)
    providers = {provider.key: provider for provider in written.providers}
    return replace(
        plan,
        providers=tuple(_merged(found, providers.get(found.key)) for found in plan.providers),
        backend=written.backend,
        resources=tuple(_resource(found, _of(found.address, written)) for found in plan.resources),
        module_calls=tuple(_merged(found, written.module_call(found.address)) for found in plan.module_calls),
        required_providers=written.required_providers,
        locked_providers=written.locked_providers,
        required_version=written.required_version,
        python_lines=python_lines.read(directory / DOCUMENT),
        constructs=python_constructs.read(directory / DOCUMENT),
    )


def _check(plan: Stack, scope: ModuleScope, directory: Path) -> None:
    """Raise an error if a resource or a data source is in the configuration of *plan* or in *directory* only.

    What is in a module that is not evaluated is not compared.
    """
    found = list(declared(scope))
    hidden = tuple(f"{address}." for address, is_block in found if not is_block)
    blocks = plan.configuration.blocks if plan.configuration else frozenset()
    planned = {address for address in blocks if not address.startswith(hidden)}
    written = {address for address, is_block in found if is_block}
    for here, there, where in ((planned, written, str(directory)), (written, planned, plan.source)):
        if missing := sorted(here - there):
            raise InputError(
                f"{plan.source} was not made of the HCL in {directory}: {where} lacks {listed('block', missing)}; "
                "pass the directory of the root module, as it was when the plan was made"
            )


def _of(address: str, written: Stack) -> Resource | None:
    """Return the resource at *address* in the HCL, or the one for all instances of its block or module."""
    return next(filter(None, map(written.resource, _names(address))), None)


def _names(address: str) -> Iterator[str]:
    """Yield *address*, and without the keys of its block and of modules, the innermost first."""
    keys = list(KEY.finditer(address))
    start = keys[-1].start() if keys and keys[-1].end() == len(address) else len(address)
    block, key = address[:start], address[start:]
    for end in (*(found.end() for found in reversed(keys) if found.end() < start), 0):
        shorter = block[:end] + without_keys(block[end:])
        yield shorter + key
        yield shorter


def _resource(planned: Resource, written: Resource | None) -> Resource:
    if written is None:
        return planned
    hidden = {path.partition(".")[0] for path in planned.sensitive}
    shown = {name: value for name, value in written.values.items() if name not in hidden}
    merged = _merged(planned, replace(written, values=shown))
    return replace(merged, ignored=written.ignored, calls=written.calls)


def _merged(planned: _Block, written: _Block | None) -> _Block:
    """Return a block with the values that only *written* has, and its location."""
    if written is None:
        return planned
    values = {name: overlaid(value, written.values.get(name)) for name, value in planned.values.items()}
    lines = placed(written.lines, planned.values, written.values)
    return replace(planned, values=values, location=written.location, lines=lines)
