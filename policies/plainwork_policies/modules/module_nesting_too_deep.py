"""Modules are nested too deeply.

What: more than `[modules] deepest` (2) modules of the stack's own, one inside the other. Modules from a registry or
    another repository end the count: how they are made inside is theirs.
Why: every level hands the same arguments on and hides what is deployed one more time. To change one argument of one
    resource takes an edit in each, and nobody who reads the root knows what it makes.
Remedy: call the modules side by side, and hand the outputs of one to the other::

        module "network" {
          source = "./network"
        }

        module "service" {
          source     = "./service"
          subnet_ids = module.network.subnet_ids
        }
Limitations: a plan shows every level. In HCL a level is seen where its folder is judged in the same run, so name the
    folder
    above them all; where it is not, nothing is evaluated. Inside Checkov, HCL is judged folder by folder.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import ModuleCall, Stack, cached_per_stack
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.modules.settings import ModuleSettings
from plainwork_policies.modules.sources import read_source
from plainwork_policies.modules.tree import by_folder, called_folder, folder_of, uses


def own_calls(stack: Stack) -> list[ModuleCall]:
    """Return the calls of modules of the stack's own from the root, and in a plan also from such modules.

    A folder that another stack of the run calls is no root.
    """
    if stack.format != "plan" and folder_of(stack) in uses(stack):
        return []
    return [call for call in stack.module_calls if _is_own(call) and _is_called_by_own(call, stack)]


@policy(
    "PLW_MODULE_003",
    "module-nesting-too-deep",
    aliases=("module-nested-too-deep",),
    severity="low",
    subjects=own_calls,
    links=("https://developer.hashicorp.com/terraform/language/modules/develop/composition",),
    settings=("max_depth",),
)
def module_nesting_too_deep(call: ModuleCall, stack: Stack, settings: ModuleSettings) -> Iterator[Finding]:
    """Judge the levels that *call* stands at, in a plan, or leads to."""
    deepest = settings.max_depth
    if stack.format == "plan":
        chain = call.address.split(".")[1::2]
        too_deep = len(chain) == deepest + 1  # what is deeper still is so because of this one
    else:
        chain, is_whole = _longest(stack, call, by_folder(stack), ())
        too_deep = len(chain) > deepest
        if not too_deep and not is_whole:
            why = f"what `{call.values.get('source')}` calls is not read in this run; name its folder too, or a plan"
            yield not_evaluated("source", why)
    if too_deep:
        yield fail(
            "source",
            f"nests modules {len(chain)} deep ({' > '.join(chain)}), and {deepest} is the most",
            value=len(chain),
            remedy="call the inner ones from the root, and hand their outputs over",
        )


def _is_own(call: ModuleCall) -> bool:
    source = call.values.get("source")
    return isinstance(source, str) and read_source(source).kind == "local"


def _is_called_by_own(call: ModuleCall, stack: Stack) -> bool:
    caller = _by_address(stack).get(call.module)
    return call.module == "" or (caller is not None and _is_own(caller) and _is_called_by_own(caller, stack))


@cached_per_stack
def _by_address(stack: Stack) -> dict[str, ModuleCall]:
    return {call.address: call for call in stack.module_calls}


def _longest(
    stack: Stack, call: ModuleCall, stacks: dict[str, Stack], above: tuple[str, ...]
) -> tuple[list[str], bool]:
    """Return the longest chain of names from *call* downwards, and whether every level of every chain was seen."""
    place = called_folder(stack, call)
    inner = stacks.get(place) if place else None
    if inner is None or place is None or place in above:
        return [call.name], inner is not None
    found = [_longest(inner, each, stacks, (*above, place)) for each in inner.module_calls if _is_own(each)]
    longest = max((chain for chain, _ in found), key=len, default=[])
    return [call.name, *longest], all(is_whole for _, is_whole in found)
