"""Modules are nested too deeply.

What: More local modules nested in each other than `[modules] max_depth`. A module from a registry or repository
    ends the count; the modules in it are not counted.
Why: Every level passes on the same arguments and hides the resources one level deeper. A change of one argument of one
    resource then changes each level, and the root module does not show what it deploys.
Remedy: Call the modules from the root module, and pass the outputs of one to the other.
Limitations: The levels below a root module count: HCL without a backend and a provider configuration, and an example of
    a module, are none. A plan shows every level. In HCL a level is known if its directory is in the same run, so check
    the directory that contains all modules; otherwise the call is not evaluated. In Checkov each directory is a run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from plainwork_core.model.stack import ModuleCall
from plainwork_policies.api import Block, Findings, Stack, Subjects, cached_per_stack, is_certain, policy
from plainwork_policies.modules.directories import (
    called_directory,
    calls_of_roots,
    directory_of,
    is_example_or_test,
    stacks_by_directory,
    uses,
)
from plainwork_policies.modules.settings import ModuleSettings
from plainwork_policies.modules.subjects import MODULE_CALLS, is_local


def outermost_calls(stack: Stack) -> Iterable[ModuleCall]:
    """Return the module calls of a root module that no other stack calls. A plan has all levels."""
    is_called = stack.format != "plan" and directory_of(stack) in uses(stack)
    return () if is_called else calls_of_roots(stack)


def is_chain_of_local_modules(call: Block) -> bool:
    """Return whether the module is local, and in a plan every module around it too; not one that an example calls."""
    if not is_local(call):
        return False
    called = called_directory(call.stack, call.owner) if call.stack.format != "plan" else None
    if called and is_example_or_test(directory_of(call.stack), called):
        return False
    caller = _calls_by_address(call.stack).get(call.owner.module)
    return caller is None or is_chain_of_local_modules(Block(caller, call.stack))


@policy(
    "PLW_MODULE_003",
    "module-nesting-too-deep",
    aliases=("module-nested-too-deep",),
    severity="low",
    on=Subjects(MODULE_CALLS.types, outermost_calls, Block),
    where=is_chain_of_local_modules,
    links=("https://developer.hashicorp.com/terraform/language/modules/develop/composition",),
    settings=("max_depth",),
    requires="max_depth",
)
def module_nesting_too_deep(call: Block, stack: Stack, settings: ModuleSettings) -> Findings:
    """Check the level of the call in a plan, and the levels below it elsewhere."""
    if stack.format == "plan":
        chain, is_complete = call.address.split(".")[1::2], True
        is_too_deep = len(chain) == settings.max_depth + 1  # the deeper ones have the same cause
    else:
        chain, is_complete = _longest_chain(call, stacks_by_directory(stack), ())
        is_too_deep = len(chain) > settings.max_depth
    source = call["source"]
    if is_too_deep:
        yield source.fail(
            f"{len(chain)} modules are nested ({' > '.join(chain)}); `[modules] max_depth` is {settings.max_depth}",
            value=len(chain),
            remedy="Call the inner modules from the root module and pass their outputs.",
        )
    elif not is_complete:
        raise source.not_evaluated(
            f"the module calls in `{source.string()}` are not in this run; check its directory too, or a plan"
        )


@cached_per_stack
def _calls_by_address(stack: Stack) -> dict[str, ModuleCall]:
    return {call.address: call for call in stack.module_calls}


def _longest_chain(call: Block, stacks: Mapping[str, Stack], outer: tuple[str, ...]) -> tuple[list[str], bool]:
    """Return the names of the longest chain from *call* downwards, and whether all levels of all chains are known.

    Args:
        call: a call of a local module.
        stacks: the stacks of the run, by directory.
        outer: the directories of the modules around it.
    """
    directory = called_directory(call.stack, call.owner)
    inner = stacks.get(directory) if directory else None
    if inner is None or directory is None or directory in outer:
        return [call.owner.name], inner is not None
    # Terraform requires a literal `source`, so an unknown one adds no level.
    inner_calls = [Block(inner_call, inner) for inner_call in inner.module_calls]
    local_calls = [inner_call for inner_call in inner_calls if is_certain(partial(is_local, inner_call))]
    chains = [_longest_chain(inner_call, stacks, (*outer, directory)) for inner_call in local_calls]
    longest = max((chain for chain, _ in chains), key=len, default=[])
    return [call.owner.name, *longest], all(is_complete for _, is_complete in chains)
