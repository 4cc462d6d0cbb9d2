"""Backend block contains a reference.

What: an argument of a backend block, of whatever kind, that refers to something: `var.environment`, `local.name`,
    `terraform.workspace`, an attribute of a resource.
Why: Terraform reads the block before it knows any value, so `terraform init` ends with "Variables may not be used
    here". What looks like one stack for all environments has never been run.
Remedy: leave the argument out of the block, and give it when the stack is initialized::

        terraform {
          backend "s3" {
            bucket       = "example-terraform-state"
            region       = "eu-central-1"
            encrypt      = true
            use_lockfile = true
          }
        }

        # terraform init -backend-config="key=prod/network.tfstate"
Limitations: OpenTofu 1.8 takes variables and locals here; disable this policy there. A function without a reference,
    which
    Terraform refuses too, is worked out where it can be and passes, or is not evaluated. A plan has no backend.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Backend, Stack
from plainwork_core.model.values import unknowns
from plainwork_core.text import enumeration
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


def backends(stack: Stack) -> list[Backend]:
    """Return the stack's backend, whatever its type; a plan has none."""
    return [stack.backend] if stack.backend else []


@policy(
    "PLW_BACKEND_006",
    "backend-variables-not-allowed",
    aliases=("variable-in-backend",),
    severity="medium",
    subjects=backends,
    links=("https://developer.hashicorp.com/terraform/language/backend#define-a-backend-block",),
)
def backend_variables_not_allowed(backend: Backend) -> Iterator[Finding]:
    """Judge each argument of *backend*."""
    for name, value in backend.values.items():
        found = list(unknowns(value))
        references = dict.fromkeys(reference for each in found for reference in each.references)
        if references:
            yield fail(
                name,
                f"makes `{name}` of {enumeration(references)}, which Terraform does not know when it reads the block",
                remedy=f'write a literal, or leave `{name}` out and give it by `-backend-config="{name}=..."`',
            )
        elif found:
            yield not_evaluated(name, found[0])
