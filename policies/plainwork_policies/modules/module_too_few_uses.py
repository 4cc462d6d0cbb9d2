"""Local module is called too few times.

What: a call of a module of one's own (`./network`) that the stacks of the run call fewer times than `[modules]
    fewest_uses` (3); a call with `count` or `for_each` is as many as it takes.
Why: what is used once is not shared, only moved: a reader opens two files for one, and every argument is declared,
    passed on and documented again. What two places have in common shows at the third.
Remedy: write the resources where they are used, twice if need be, and extract the module at the third::

        resource "aws_sqs_queue" "orders" {
          name                    = "orders"
          sqs_managed_sse_enabled = true
        }
Limitations: a matter of taste: `fewest_uses = 1` leaves the question to you. Counted are the calls that one run
    sees: name
    the folder above all stacks; where the module's own folder is not in the run, nothing is evaluated. Calls from
    folders named `examples` or `tests`, and of a folder above the caller, are no uses. A plan shows one stack, and is
    not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from plainwork_core.model.stack import ModuleCall, Stack
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.modules.settings import ModuleSettings
from plainwork_policies.modules.tree import by_folder, called_folder, folder_of, is_trial, uses


def own_modules(stack: Stack) -> list[ModuleCall]:
    """Return the calls of modules of one's own, without trials and modules above the caller; a plan has none."""
    return [] if stack.format == "plan" else [call for call in stack.module_calls if _is_use(stack, call)]


@policy(
    "PLW_MODULE_004",
    "module-too-few-uses",
    aliases=("module-used-too-rarely",),
    severity="low",
    subjects=own_modules,
    links=("https://developer.hashicorp.com/terraform/language/modules/develop#when-to-write-a-module",),
    settings=("min_uses",),
)
def module_too_few_uses(call: ModuleCall, stack: Stack, settings: ModuleSettings) -> Iterator[Finding]:
    """Count the uses of the module that *call* names."""
    fewest, source = settings.min_uses, call.values.get("source")
    folder = called_folder(stack, call) or ""
    found = uses(stack).get(folder, [call])
    if len(found) >= fewest or any(each.is_repeated for each in found):
        return
    if folder not in by_folder(stack):
        yield not_evaluated("source", f"`{source}` is not in this run, so who else calls it is unknown")
        return
    times = {1: "once", 2: "twice"}.get(len(found), f"{len(found)} times")
    yield fail(
        "source",
        f"calls `{source}`, which is called {times} in all",
        value=source,
        remedy="write its resources out where they are used; extract the module at the third use",
    )


def _is_use(stack: Stack, call: ModuleCall) -> bool:
    caller, called = folder_of(stack), called_folder(stack, call)
    return called is not None and not is_trial(caller, called) and PurePath(called) not in PurePath(caller).parents
