"""Remote module is not pinned to a version.

What: a module from a registry without `version`, or with one that admits every later version (`>= 5.0`); from Git or
    Mercurial without `ref` or `rev`, or with the name of a branch (`main`, `develop`, `refs/heads/...`, ...).
Why: `terraform init` on another day, or on another machine, takes other code: a plan that was reviewed is not the one
    that is applied, and whoever can push there changes what is deployed here.
Remedy: name a version, and for Git a tag or a commit::

        module "vpc" {
          source  = "terraform-aws-modules/vpc/aws"
          version = "5.21.0"
        }

        module "network" {
          source = "git::https://example.com/network.git?ref=v1.4.2"
        }
Limitations: a range with an upper end (`~> 5.0`) and any other `ref` pass, unless the settings ask for more: whether
    a name
    is a tag or a branch cannot be seen. An archive behind a URL has no version; without a `checksum` it is not
    evaluated. Local modules have the version of the stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.model.stack import ModuleCall, Stack
from plainwork_core.model.values import Unknown
from plainwork_core.model.versions import may_be_from
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.modules.settings import ModuleSettings
from plainwork_policies.modules.sources import read_source

_BRANCHES = ("main", "master", "develop", "development", "dev", "trunk", "latest", "head", "default", "tip")
_HEADS = ("refs/heads/", "origin/")
_NO_END = (9999, 0, 0)


def module_calls(stack: Stack) -> tuple[ModuleCall, ...]:
    """Return every module call."""
    return stack.module_calls


@policy(
    "PLW_MODULE_002",
    "module-version-not-pinned",
    aliases=("module-unpinned",),
    severity="medium",
    subjects=module_calls,
    links=("https://developer.hashicorp.com/terraform/language/modules/sources",),
    settings=(
        "exact_version",
        "git_ref",
    ),
)
def module_version_not_pinned(call: ModuleCall, settings: ModuleSettings) -> Iterator[Finding]:
    """Judge the source of *call* by its kind."""
    text = call.values.get("source")
    if not isinstance(text, str):
        yield not_evaluated("source", text if isinstance(text, Unknown) else "it has no `source`")
        return
    source = read_source(text)
    if source.kind == "registry":
        yield from _registry(call, text, settings)
    elif source.kind in ("git", "mercurial"):
        yield from _repository(text, source.pin, "ref" if source.kind == "git" else "rev", settings)
    elif source.kind == "archive" and not source.pin:
        yield not_evaluated("source", f"the archive `{text}` has no version and no `checksum` that would tell")


def _registry(call: ModuleCall, text: str, settings: ModuleSettings) -> Iterator[Finding]:
    version = call.values.get("version")
    if isinstance(version, Unknown):
        yield not_evaluated("version", version)
    elif not version:
        yield fail("version", f"takes whatever version of `{text}` is newest", remedy='write `version = "1.2.3"`')
    elif may_be_from(version, _NO_END):
        message = f"takes every version of `{text}` that is `{version}`, however new"
        yield fail("version", message, value=version, remedy="write one version, or an upper end: `~> 1.2`")
    elif settings.exact_version and not re.fullmatch(r"=?\s*v?\d+\.\d+\.\d+\S*", version):
        message = f"takes any version of `{text}` that is `{version}`"
        yield fail("version", message, value=version, remedy="write one version, as `[modules] exact_version` asks")


def _repository(text: str, pin: str, name: str, settings: ModuleSettings) -> Iterator[Finding]:
    if not pin:
        message = f"takes what is newest in `{text}`"
        yield fail("source", message, value=text, remedy=f"end it in `?{name}=` and a tag or a commit")
    elif pin.lower() in _BRANCHES or pin.startswith(_HEADS):
        message = f"follows the branch `{pin}` of `{text.partition('?')[0]}`"
        yield fail("source", message, value=text, remedy=f"name a tag or a commit by `{name}=`")
    elif settings.git_ref == "commit" and not re.fullmatch("[0-9a-f]{40}|[0-9a-f]{64}", pin):
        message = f"names `{pin}` of `{text.partition('?')[0]}`, which is no commit and can be moved"
        yield fail("source", message, value=text, remedy="name a commit, as `[modules] git_ref` asks")
