"""AWS provider or remote state has hard-coded credentials.

What: A literal `access_key`, `secret_key`, `token` or `assume_role_with_web_identity.web_identity_token` in a
    `provider "aws"` block, or in the `config` of a `terraform_remote_state` data source with the backend `s3`.
Why: Anyone with access to the repository, its history or a copy of it can use the credentials in the account, until
    they are revoked. Terraform copies the arguments of the data source to the state and to plan files.
Remedy: Remove the argument, revoke the credentials, and use a profile, a role or environment variables.
Limitations: Placeholders for emulators (`test`, `mock`, `dummy`, ...) pass; others beside
    `skip_credentials_validation = true` are not evaluated. `s3-backend-hardcoded-credentials` checks the backend. The
    default of a variable counts as a literal value in a root module; a variable without one is not evaluated.
"""

from __future__ import annotations

from plainwork_core.aws.credentials import CREDENTIALS, is_placeholder
from plainwork_core.model.stack import Provider, Stack
from plainwork_core.model.stack import Resource as ModelResource
from plainwork_core.model.values import Unknown, scalar
from plainwork_policies.api import Argument, Block, Findings, Resource, Subjects, check_each, policy
from plainwork_policies.arguments.subjects import is_generated, written

_REMOTE_STATE = "terraform_remote_state"


def _blocks(stack: Stack) -> list[Provider | ModelResource]:
    return [*(provider for provider in stack.providers if provider.name == "aws"), *stack.data(_REMOTE_STATE)]


def _view(block: Provider | ModelResource, stack: Stack) -> Block:
    return Block(block, stack) if isinstance(block, Provider) else Resource(block, stack)


def _at(block: Block, name: str) -> Argument:
    return block[f"config.{name}" if block.type == _REMOTE_STATE else name]


def _credentials(block: Block) -> list[Argument]:
    """Return the credentials that are set."""
    arguments = (_at(block, name) for name in CREDENTIALS)
    return [argument for argument in arguments if argument.raw not in (None, "")]


@policy(
    "PLW_ARG_004",
    "provider-hardcoded-credentials",
    severity="critical",
    on=Subjects(("provider", f"data.{_REMOTE_STATE}"), _blocks, _view),
    where=lambda block: bool(_credentials(block)),
    links=("https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#provider-configuration",),
)
def provider_hardcoded_credentials(block: Block) -> Findings:
    """Check each credential; findings do not show its value."""
    if block.type != _REMOTE_STATE or block["backend"].string() == "s3":
        yield from check_each(_credentials(block), _problems)


def _problems(credential: Argument) -> Findings:
    value = scalar(written(credential), credential.path)
    if isinstance(value, Unknown):
        if not is_generated(value):
            raise credential.not_evaluated(value)
        return
    if is_placeholder(str(value)):
        return
    if _at(credential.block, "skip_credentials_validation").bool(default=False):
        raise credential.not_evaluated("`skip_credentials_validation` is `true`; it may be a credential of an emulator")
    yield credential.fail(
        f"`{credential.name}` is a literal value",
        value=None,
        remedy=f"Remove `{credential.name}`, revoke the credentials, and use a profile or a role.",
    )
