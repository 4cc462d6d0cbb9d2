"""Module resources are not evaluated.

What: a `module` block in HCL or CDKTF JSON. Its resources are written elsewhere and made of its arguments, so no policy
    has looked at them. This policy never fails: it only says so, once for each call.
Why: without it, a stack whose resources all lie in modules would pass because nothing was looked at.
Remedy: check a plan. Terraform expands every module in it, and each of its resources is judged::

        terraform plan -out plan.bin
        terraform show -json plan.bin > plan.json
        plainwork check plan.json
Limitations: in a plan there is nothing to say, because the plan has the module's resources.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import ModuleCall, Stack
from plainwork_core.model.values import is_known
from plainwork_policies.engine.finding import Finding, not_evaluated
from plainwork_policies.engine.policy import policy


def module_calls(stack: Stack) -> tuple[ModuleCall, ...]:
    """Return the modules whose inside the stack does not show."""
    return () if stack.format == "plan" else stack.module_calls


@policy(
    "PLW_MODULE_001",
    "module-not-evaluated",
    severity="low",
    subjects=module_calls,
    links=("https://developer.hashicorp.com/terraform/internals/json-format",),
)
def module_not_evaluated(call: ModuleCall) -> Iterator[Finding]:
    """Say that the resources of *call* were not looked at."""
    source = call.values.get("source")
    named = f"the module `{source}`" if is_known(source) and source else "a module"
    yield not_evaluated("source", f"the resources of {named} are not read here; a plan has them")
