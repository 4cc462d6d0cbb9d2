"""The units, files and entities that Checkov scans, with plainwork's addresses.

A check gets a path relative to a root that it does not get, and no address in CDKTF JSON. The method that runs all
checks on one block, `run_block`, has both in all three runners (checkov 3.3.30: terraform/runner.py,
terraform_json/runner.py, terraform/plan_runner.py), so its arguments are read from the call stack.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen

PLAN = "terraform_plan"


@frozen(slots=True)
class Visit:
    """The arguments of Checkov's `run_block`: its runner, its key of the file in `definitions`, the type of block."""

    runner: Any
    key: Any
    block_type: str


@frozen(slots=True)
class Unit:
    """One input of Checkov: a directory with Terraform files, or a plan.

    Args:
        framework: Checkov's name of the runner: `terraform`, `terraform_json` or `terraform_plan`.
        path: of the directory or file, absolute.
        calls: Checkov's chain of module calls to the directory of a child module; `None` for a root module.
    """

    framework: str
    path: Path
    calls: Any = None


@frozen(slots=True)
class Entity:
    """One block on which Checkov runs its checks.

    Args:
        address: as in the model.
        block_type: `resource`, `data`, `provider` or `module`.
        file: absolute.
        may_be_none: whether it has `count` or `for_each`, so that it may have no instance.
    """

    address: str
    block_type: str
    file: Path
    may_be_none: bool = False


def current_visit() -> Visit:
    """Return the visit that Checkov is making.

    Raises:
        InputError: the caller is not Checkov, or a version without these arguments.
    """
    frame = inspect.currentframe()
    while frame:
        if frame.f_code.co_name == "run_block":
            arguments = frame.f_locals
            return Visit(arguments["self"], arguments["full_file_path"], arguments["block_type"])
        frame = frame.f_back
    raise InputError("this version of Checkov is not supported; install checkov 3.3")


def file_of(key: Any) -> Path:
    """Return the file of *key* in the `definitions` of a runner: a string, or an object for HCL."""
    return Path(key if isinstance(key, str) else key.file_path).absolute()


def unit_of(runner: Any, key: Any) -> Unit:
    """Return the unit that the file of *key* belongs to."""
    file = file_of(key)
    if runner.check_type == PLAN:
        return Unit(runner.check_type, file)
    return Unit(runner.check_type, file.parent, getattr(key, "tf_source_modules", None))


def entities_by_unit(runner: Any) -> dict[Unit, list[Entity]]:
    """Return the entities that *runner* visits in this run by unit, sorted by file."""
    units: dict[Unit, list[Entity]] = {}
    for key in sorted(runner.definitions, key=file_of):
        units.setdefault(unit_of(runner, key), []).extend(_entities(runner, key))
    return units


def _entities(runner: Any, key: Any) -> Iterator[Entity]:
    for block_type, registry in runner.block_type_registries.items():
        for block in runner.definitions[key].get(block_type, ()):
            type_, name, conf = registry.extract_entity_details(block)
            address = address_of(runner.check_type, block_type, type_, name, conf)
            yield Entity(address, block_type, file_of(key), may_be_none="count" in conf or "for_each" in conf)


def address_of(framework: str, block_type: str, type_: str, name: str, conf: Mapping[str, Any]) -> str:
    """Return the address of an entity in the model; outside plans without the index of an instance."""
    if block_type == "provider":
        alias = _only(conf.get("alias"))
        is_default = alias is None or (framework == PLAN and alias == "default")
        return f"provider.{type_}" if is_default else f"provider.{type_}.{alias}"
    if framework == PLAN:
        return str(conf["__address__"])
    block_name = name.partition("[")[0]
    return {"resource": f"{type_}.", "data": f"data.{type_}.", "module": "module."}[block_type] + block_name


def _only(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value
