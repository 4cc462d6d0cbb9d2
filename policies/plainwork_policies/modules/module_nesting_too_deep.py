"""Modules are nested too deeply.

What: More local modules nested in each other than `[modules] max_depth`. A module from a registry or repository
    ends the count; the modules in it are not counted.
Why: Every level passes on the same arguments and hides the resources one level deeper. A change of one argument of one
    resource then changes each level, and the root module does not show what it deploys.
Remedy: Call the modules from the root module, and pass the outputs of one to the other.
Limitations: The levels below a root module count: HCL without a backend and a provider configuration, and an example of
    a module, are none. A call of a module that cannot be read is not evaluated.
"""

from __future__ import annotations

from plainwork_policies.api import Block, Findings, Subjects, policy
from plainwork_policies.modules.directories import (
    called_directory,
    calls_of_roots,
    directory_of_call,
    is_example_or_test,
)
from plainwork_policies.modules.settings import ModuleSettings
from plainwork_policies.modules.subjects import MODULE_CALLS, is_local


def is_chain_of_local_modules(call: Block) -> bool:
    """Return whether the module and every module around it are local; not one that an example calls."""
    if not is_local(call):
        return False
    called = called_directory(call.owner) if call.stack.format != "plan" else None
    if called and is_example_or_test(directory_of_call(call.owner), called):
        return False
    caller = call.stack.module_call(call.owner.module)
    return caller is None or is_chain_of_local_modules(Block(caller, call.stack))


@policy(
    "PLW_MODULE_003",
    "module-nesting-too-deep",
    aliases=("module-nested-too-deep",),
    severity="low",
    on=Subjects(MODULE_CALLS.types, calls_of_roots, Block),
    where=is_chain_of_local_modules,
    links=("https://developer.hashicorp.com/terraform/language/modules/develop/composition",),
    settings=("max_depth",),
    requires="max_depth",
)
def module_nesting_too_deep(call: Block, settings: ModuleSettings) -> Findings:
    """Check the level of the call; the levels below a module that is not evaluated are unknown."""
    chain = call.address.split(".")[1::2]
    source = call["source"]
    if len(chain) == settings.max_depth + 1:  # the deeper ones have the same cause
        yield source.fail(
            f"{len(chain)} modules are nested ({' > '.join(chain)}); `[modules] max_depth` is {settings.max_depth}",
            value=len(chain),
            remedy="Call the inner modules from the root module and pass their outputs.",
        )
    elif not call.owner.is_evaluated:
        raise source.not_evaluated(f"the module in `{source.string()}` cannot be read; check its directory, or a plan")
