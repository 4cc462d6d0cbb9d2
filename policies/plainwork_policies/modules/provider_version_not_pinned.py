"""AWS provider version has no upper bound.

What: A root module whose `required_providers` has no AWS provider, no `version` of it, or a constraint without an upper
    bound (`>= 5.0`), without a `.terraform.lock.hcl` that locks the provider.
Why: `terraform init` on another machine installs the newest version. A major version removes arguments and changes
    defaults, so the stack fails, or its plan changes resources, without a change of the code.
Remedy: Set a version constraint with an upper bound, or commit `.terraform.lock.hcl`.
Limitations: Only a root module with a provider or backend block is checked; a reusable module should set a lower bound
    only. A plan does not show whether the version is locked: only a constraint with an upper bound passes there. One
    file of several may lack `required_providers` and is not checked. The constraints of called modules, which may add
    an upper bound, are not read.
"""

from __future__ import annotations

from plainwork_core.model.provider_versions import is_locked, requirements
from plainwork_core.model.stack import Backend, Provider, ProviderRequirement, Stack
from plainwork_core.version_constraints import has_upper_bound
from plainwork_policies.api import Block, Findings, Subjects, policy
from plainwork_policies.modules.directories import directory_of, is_deployed, uses

_PREFIX = "aws_"


def _versioned_block(stack: Stack) -> list[ProviderRequirement | Provider | Backend]:
    """Return the block with the version of the AWS provider, or the one that should have it."""
    if stack.required_providers is None or not is_deployed(stack) or directory_of(stack) in uses(stack):
        return []
    required = requirements(stack)
    names = {"aws", *(requirement.name for requirement in required)}
    configured = [provider for provider in stack.providers if provider.name in names]
    has_resources = any(resource.type.startswith(_PREFIX) for resource in stack.resources)
    found = [*required, *configured, *(stack.backends() if has_resources else ())]
    return [block for block in found if block.get("version") is not None][:1] or found[:1]


@policy(
    "PLW_MODULE_005",
    "provider-version-not-pinned",
    severity="low",
    on=Subjects(("provider", "backend"), _versioned_block, Block),
    links=(
        "https://developer.hashicorp.com/terraform/language/providers/requirements",
        "https://developer.hashicorp.com/terraform/language/files/dependency-lock",
    ),
)
def provider_version_not_pinned(block: Block) -> Findings:
    """Check `version` of the requirement, or of the provider as before Terraform 0.13."""
    if is_locked(block.stack):
        return
    version = block["version"]
    constraint = version.string("")
    if block.stack.locked_providers is None and not has_upper_bound(constraint):
        raise version.not_evaluated("this input does not show whether `.terraform.lock.hcl` locks it; check the HCL")
    if not constraint:
        yield version.fail(
            "`version` of the AWS provider is not set; `init` installs the newest version",
            remedy='Set `version = "~> 6.0"` under `aws` in `required_providers`, or commit `.terraform.lock.hcl`.',
        )
    elif not has_upper_bound(constraint):
        yield version.fail(
            f"`version` of the AWS provider is `{constraint}`, which has no upper bound",
            remedy='Set an upper bound: `version = "~> 6.0"`; or commit `.terraform.lock.hcl`.',
        )
