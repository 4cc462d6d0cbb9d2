"""Backend block contains a reference.

What: An argument of a backend block of any type that refers to a variable, a local value, `terraform.workspace` or an
    attribute of a resource.
Why: Terraform reads the backend block before it evaluates values, so `terraform init` fails with "Variables may not be
    used here". A stack with such a block has never been initialized. OpenTofu 1.8 and later evaluates variables, local
    values, `path` and `terraform.workspace` there, and rejects anything else.
Remedy: Use a literal value, or remove the argument and set it at initialization:
    `terraform init -backend-config="key=prod/network.tfstate"`.
Limitations: A stack is for OpenTofu if it has a `.tofu` file, an `encryption` block or a lock file with providers of
    registry.opentofu.org; disable this policy for others. Terraform also rejects functions without a reference: one
    that can be evaluated passes here, another one is not evaluated. A plan does not contain the backend.
"""

from __future__ import annotations

from plainwork_core.model.values import unknowns
from plainwork_core.text import enumeration
from plainwork_policies.api import Argument, Block, Findings, Subjects, check_each, policy

_OF_OPENTOFU = ("var.", "local.", "path.", "terraform.workspace")


@policy(
    "PLW_BACKEND_006",
    "backend-variables-not-allowed",
    severity="medium",
    on=Subjects(("backend",), lambda stack: stack.backends(), Block),
    aliases=("variable-in-backend",),
    links=(
        "https://developer.hashicorp.com/terraform/language/backend#define-a-backend-block",
        "https://opentofu.org/docs/language/settings/backends/configuration/#variables-and-locals",
    ),
)
def backend_variables_not_allowed(backend: Block) -> Findings:
    """Check each argument."""
    accepted = _OF_OPENTOFU if backend.stack.is_for_opentofu else ()
    yield from check_each(
        (backend[name] for name in backend.owner.values), lambda argument: _problems(argument, accepted)
    )


def _problems(argument: Argument, accepted: tuple[str, ...]) -> Findings:
    found = list(unknowns(argument.raw))
    references = dict.fromkeys(reference for unknown in found for reference in unknown.references)
    name = argument.path
    if references and all(reference.startswith(accepted) for reference in references):
        return
    if references:
        yield argument.fail(
            f"`{name}` refers to {enumeration(references)}; variables are not allowed in a backend block",
            remedy=f'Use a literal value, or remove `{name}` and pass `-backend-config="{name}=…"` to '
            "`terraform init`.",
        )
    elif found:
        raise argument.not_evaluated(found[0])
