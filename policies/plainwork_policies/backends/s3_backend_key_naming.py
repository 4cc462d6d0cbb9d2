"""S3 backend key does not follow the naming pattern.

What: an S3 backend whose `key` is not of the form `environment/component.tfstate` (`[backends] key_pattern`), begins or
    ends with a slash, has an empty part or one of dots, is a name out of the manual (`terraform.tfstate`), or has a
    part that ends with `final`, `latest`, `copy`, `new`, `old`, `bak`, `orig`, `tmp` or `temp`, with or without a
    number after it.
Why: the key is all that tells one state from another. Whoever copies a block with a key like `final-final-v3` writes
    into the state of somebody else, and the next apply destroys what the two stacks do not share.
Remedy: name the environment and the component::

        key = "prod/network.tfstate"
Limitations: a plan has no backend, so there is nothing to judge in one. More folders are welcome
    (`prod/eu/network.tfstate`). A version alone is no fault, because it may be the component's (`prod/api-v2.tfstate`).
    With workspaces, whose name S3 puts before the key, a component alone may be what a team wants: say so in
    `[backends] key_pattern`. A key that `-backend-config` gives is not evaluated. Whether two stacks share a key is not
    looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.aws.state_keys import slash_error, version_word
from plainwork_core.model.stack import Backend
from plainwork_core.model.values import Unknown
from plainwork_policies.backends.s3 import s3_backends
from plainwork_policies.backends.settings import BackendSettings
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_SAYS_NOTHING = ("state", "tfstate", "terraform", "default")


@policy(
    "PLW_BACKEND_002",
    "s3-backend-key-naming",
    aliases=("state-key-badly-named",),
    severity="low",
    subjects=s3_backends,
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
    settings=("key_pattern",),
)
def s3_backend_key_naming(backend: Backend, settings: BackendSettings) -> Iterator[Finding]:
    """Judge the state key of *backend* by the first rule that it breaks."""
    key = backend.get("key")
    if key is None:
        yield not_evaluated("key", "the block is partial: `-backend-config` gives `key`")
    elif isinstance(key, Unknown):
        yield not_evaluated("key", key)
    elif broken := _broken_rule(str(key), settings):
        message, remedy = f"has the key `{key}`, which {broken}", _remedy(settings)
        yield fail("key", message, value=key, remedy=remedy)


def _broken_rule(key: str, settings: BackendSettings) -> str:
    stem = key.removesuffix(".tfstate")
    if error := slash_error(key):
        return f"{error}: Terraform rejects it"
    if {".", ".."}.intersection(key.split("/")):
        return "has a part of dots: to S3 it is a name like any other, and leads nowhere"
    if stem.lower() in _SAYS_NOTHING:
        return "says neither environment nor component"
    if word := version_word(key):
        return f"has a part that ends with `{word}`: the name does not show which version is in use"
    return "" if re.fullmatch(settings.key_pattern, key) else f"is not of the form {_form(settings)}"


def _remedy(settings: BackendSettings) -> str:
    example = ", such as `prod/network.tfstate`" if settings == BackendSettings() else ""
    return f"name it by the form {_form(settings)}{example}"


def _form(settings: BackendSettings) -> str:
    return "environment/component.tfstate" if settings == BackendSettings() else f"`{settings.key_pattern}`"
