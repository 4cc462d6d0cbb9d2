"""A plan together with the HCL that it was made of: what the plan does not show is taken from the HCL.

A plan hides an argument as a whole if a part of it is known only after apply, such as a policy document with one new
ARN. It has neither the backend nor the lines of the code. The plan wins wherever both have a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from plainwork_core import python_lines
from plainwork_core.errors import InputError
from plainwork_core.model.stack import ModuleCall, Provider, Resource, Stack
from plainwork_core.read import hcl
from plainwork_core.read.options import Reading, ReadOptions
from plainwork_core.read.plan_overlay import overlaid, placed
from plainwork_core.read.synthesized import DOCUMENT
from plainwork_core.text import listed

_KEY = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')
_Block = TypeVar("_Block", Resource, Provider, ModuleCall)


def completed(stacks: Sequence[Stack], directory: Path) -> list[Stack]:
    """Return *stacks* with the only plan among them `with_source`.

    Raises:
        InputError: there is not exactly one plan, or see `with_source`.
    """
    plans = [stack.source for stack in stacks if stack.format == "plan"]
    if len(plans) != 1:
        found = f"there are {len(plans)} ({', '.join(plans)})" if plans else "there is none"
        raise InputError(f"--source requires one plan, but {found}; check one plan at a time")
    return [with_source(stack, directory) if stack.format == "plan" else stack for stack in stacks]


def with_source(plan: Stack, directory: Path) -> Stack:
    """Return *plan* with what only the HCL in *directory*, the root module that it was made of, shows.

    Raises:
        InputError: the HCL cannot be read, or it is not that of the plan.
    """
    _check(plan, directory)
    variables = plan.configuration.variables if plan.configuration else {}
    written = hcl.read(directory, reading=Reading(ReadOptions(values=variables)))
    resources = {resource.address: resource for resource in written.resources}
    providers = {provider.key: provider for provider in written.providers}
    calls = {call.address: call for call in written.module_calls}
    return replace(
        plan,
        providers=tuple(_merged(found, providers.get(found.key)) for found in plan.providers),
        backend=written.backend,
        resources=tuple(_resource(found, _of(found.address, resources)) for found in plan.resources),
        module_calls=tuple(_merged(found, calls.get(found.address)) for found in plan.module_calls),
        required_providers=written.required_providers,
        locked_providers=written.locked_providers,
        required_version=written.required_version,
        python_lines=python_lines.read(directory / DOCUMENT),
    )


def _check(plan: Stack, directory: Path) -> None:
    """Raise an error if a resource or a data source is in the configuration of *plan* or in *directory* only."""
    planned, written = set(plan.configuration.blocks if plan.configuration else ()), set(hcl.blocks(directory))
    for here, there, where in ((planned, written, str(directory)), (written, planned, plan.source)):
        if missing := sorted(here - there):
            raise InputError(
                f"{plan.source} was not made of the HCL in {directory}: {where} lacks {listed('block', missing)}; "
                "pass the directory of the root module, as it was when the plan was made"
            )


def _of(address: str, resources: Mapping[str, Resource]) -> Resource | None:
    """Return the resource at *address* in the HCL, which may have one for all instances of a block."""
    return resources.get(address) or resources.get(_KEY.sub("", address))


def _resource(planned: Resource, written: Resource | None) -> Resource:
    if written is None:
        return planned
    hidden = {path.partition(".")[0] for path in planned.sensitive}
    shown = {name: value for name, value in written.values.items() if name not in hidden}
    return replace(_merged(planned, replace(written, values=shown)), ignored=written.ignored)


def _merged(planned: _Block, written: _Block | None) -> _Block:
    """Return a block with the values that only *written* has, and its location."""
    if written is None:
        return planned
    values = {name: overlaid(value, written.values.get(name)) for name, value in planned.values.items()}
    lines = placed(written.lines, planned.values, written.values)
    return replace(planned, values=values, location=written.location, lines=lines)
