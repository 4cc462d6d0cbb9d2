"""Backend block contains a reference.

What: An argument of a backend block of any type that refers to a variable, a local value, `terraform.workspace` or an
    attribute of a resource.
Why: Terraform reads the backend block before it evaluates values, so `terraform init` fails with "Variables may not be
    used here". A stack with such a block has never been initialized.
Remedy: Use a literal value, or remove the argument and set it at initialization:
    `terraform init -backend-config="key=prod/network.tfstate"`.
Limitations: OpenTofu 1.8 allows variables and local values; disable this policy there. Terraform also rejects functions
    without a reference: one that can be evaluated passes here, another one is not evaluated. A plan does not contain
    the backend.
"""

from __future__ import annotations

from plainwork_core.model.values import unknowns
from plainwork_core.text import enumeration
from plainwork_policies.api import Argument, Block, Findings, Subjects, check_each, policy


@policy(
    "PLW_BACKEND_006",
    "backend-variables-not-allowed",
    severity="medium",
    on=Subjects(("backend",), lambda stack: stack.backends(), Block),
    aliases=("variable-in-backend",),
    links=("https://developer.hashicorp.com/terraform/language/backend#define-a-backend-block",),
)
def backend_variables_not_allowed(backend: Block) -> Findings:
    """Check each argument."""
    yield from check_each((backend[name] for name in backend.owner.values), _problems)


def _problems(argument: Argument) -> Findings:
    found = list(unknowns(argument.raw))
    references = dict.fromkeys(reference for unknown in found for reference in unknown.references)
    name = argument.path
    if references:
        yield argument.fail(
            f"`{name}` refers to {enumeration(references)}; variables are not allowed in a backend block",
            remedy=f'Use a literal value, or remove `{name}` and pass `-backend-config="{name}=…"` to '
            "`terraform init`.",
        )
    elif found:
        raise argument.not_evaluated(found[0])
