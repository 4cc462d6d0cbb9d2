"""Local module is called too few times.

What: A call of a local module (`./network`) that has fewer calls in the run than `[modules] min_uses`. A
    call with `count` or `for_each` always passes.
Why: A module with one call is not shared code. A reader opens two directories instead of one, and every argument is
    declared, passed on and documented twice. What the calls have in common is known from the third on.
Remedy: Define the resources in the callers, and extract a module when a third caller needs the same resources.
Limitations: Root modules are checked: HCL without a backend and a provider configuration, and an example of a module,
    are none, so a published module library has no finding. Only the calls of one run count: check the directory that
    contains all stacks. If the directory of the module is not in the run, the call is not evaluated. Calls from
    directories named `examples` or `tests`, and calls of a directory above the caller, do not count. Plans are not
    checked, because a plan contains one stack.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from plainwork_core.model.stack import ModuleCall
from plainwork_policies.api import Block, Findings, Stack, Subjects, policy
from plainwork_policies.modules.directories import (
    called_directory,
    calls_of_roots,
    directory_of_call,
    is_example_or_test,
    is_read,
    uses,
)
from plainwork_policies.modules.settings import ModuleSettings
from plainwork_policies.modules.subjects import MODULE_CALLS, is_local


def calls_outside_plans(stack: Stack) -> Iterable[ModuleCall]:
    """Return the module calls of root modules in HCL and CDKTF output."""
    return () if stack.format == "plan" else {call.location: call for call in calls_of_roots(stack)}.values()


def is_use(call: Block) -> bool:
    """Return whether the module is local, and neither above the caller nor called by its own example or test."""
    caller = directory_of_call(call.owner)
    called = called_directory(call.owner) if is_local(call) else None
    return (
        called is not None
        and not is_example_or_test(caller, called)
        and PurePath(called) not in PurePath(caller).parents
    )


@policy(
    "PLW_MODULE_004",
    "module-too-few-uses",
    aliases=("module-used-too-rarely",),
    severity="low",
    on=Subjects(MODULE_CALLS.types, calls_outside_plans, Block),
    where=is_use,
    links=("https://developer.hashicorp.com/terraform/language/modules/develop#when-to-write-a-module",),
    settings=("min_uses",),
    requires="min_uses",
)
def module_too_few_uses(call: Block, stack: Stack, settings: ModuleSettings) -> Findings:
    """Check the number of calls of the same module in the run."""
    source = call["source"]
    directory = called_directory(call.owner) or ""
    calls = uses(stack).get(directory, [call.owner])
    if len(calls) >= settings.min_uses or any(one.is_repeated for one in calls):
        return
    if not is_read(stack, directory):
        raise source.not_evaluated(
            f"`{source.string()}` is not in this run, so its other calls are unknown; "
            "check the directory that contains all stacks"
        )
    number = f"{len(calls)} call{'s' if len(calls) > 1 else ''}"
    yield source.fail(
        f"`source` is `{source.string()}`, which has {number}; `[modules] min_uses` is {settings.min_uses}",
        remedy="Move the module's resources into the caller.",
    )
