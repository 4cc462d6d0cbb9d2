"""What Checkov scans: its units, files and entities, in terms of our addresses.

A check is told a path relative to a root that it is not told, and no address in CDKTF JSON. The method that asks all
checks about one block, `run_block`, knows both in all three runners (checkov 3.3.30: terraform/runner.py,
terraform_json/runner.py, terraform/plan_runner.py), so its arguments are read from the call stack.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plainwork_policies.errors import CannotJudge


@dataclass(frozen=True, slots=True)
class Asking:
    """The arguments of Checkov's `run_block`: its runner, its key of the file in `definitions`, the kind of block."""

    runner: Any
    key: Any
    block_type: str


@dataclass(frozen=True, slots=True)
class Unit:
    """What is judged at once: a folder of HCL, a `*.tf.json` file, or a plan.

    Args:
        framework: Checkov's name of the runner: `terraform`, `terraform_json` or `terraform_plan`.
        path: of the folder or file, absolute.
        calls: Checkov's chain of the module calls that lead to a child module's folder; `None` for a root module.
    """

    framework: str
    path: Path
    calls: Any = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One block that Checkov asks its checks about; *address* is ours."""

    address: str
    block_type: str
    file: Path


def asking() -> Asking:
    """Find out what Checkov is asking about now.

    Raises:
        CannotJudge: the caller is not Checkov, or a version of it that works otherwise.
    """
    frame = inspect.currentframe()
    while frame:
        if frame.f_code.co_name == "run_block":
            told = frame.f_locals
            return Asking(told["self"], told["full_file_path"], told["block_type"])
        frame = frame.f_back
    raise CannotJudge("this version of Checkov does not say what it scans: install checkov 3.3")


def file_of(key: Any) -> Path:
    """Return the file that *key* of a runner's `definitions` stands for: a string, or an object for HCL."""
    return Path(key if isinstance(key, str) else key.file_path).absolute()


def unit_of(runner: Any, key: Any) -> Unit:
    """Return the unit that the file of *key* belongs to."""
    file = file_of(key)
    if runner.check_type == "terraform":
        return Unit(runner.check_type, file.parent, key.tf_source_modules)
    return Unit(runner.check_type, file)


def entities_of(runner: Any, unit: Unit) -> list[Entity]:
    """Return every entity of *unit* that *runner* asks its checks about, by file."""
    definitions = [(key, blocks) for key, blocks in runner.definitions.items() if unit_of(runner, key) == unit]
    return [
        Entity(address_of(unit.framework, block_type, *details), block_type, file_of(key))
        for key, blocks in sorted(definitions, key=lambda each: str(file_of(each[0])))
        for block_type, registry in runner.block_type_registries.items()
        for details in map(registry.extract_entity_details, blocks.get(block_type, ()))
    ]


def address_of(framework: str, block_type: str, type_: str, name: str, conf: Mapping[str, Any]) -> str:
    """Return our address of an entity as Checkov names it; outside plans without the index of an instance."""
    if block_type == "provider":
        alias = _only(conf.get("alias"))
        is_default = alias is None or (framework == "terraform_plan" and alias == "default")
        return f"provider.{type_}" if is_default else f"provider.{type_}.{alias}"
    if framework == "terraform_plan":
        return str(conf["__address__"])
    block_name = name.partition("[")[0]
    return {"resource": f"{type_}.", "data": f"data.{type_}.", "module": "module."}[block_type] + block_name


def _only(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value
