"""Remote module is not pinned to a version.

What: A registry module without `version`, or with a version constraint without an upper bound (`>= 5.0`); a module
    from Git or Mercurial without `ref` or `rev`, or with the name of a branch (`main`, `develop`, `refs/heads/...`).
Why: A later `terraform init`, or one on another machine, installs other code. The plan that was reviewed is then not
    the plan that is applied, and anyone with write access to the module's repository can change what is deployed.
Remedy: Set a version; for Git, set `ref` to a tag or a commit.
Limitations: A constraint with an upper bound (`~> 5.0`) and any other `ref` pass, unless `[modules]` requires more: the
    name of a tag cannot be distinguished from that of a branch. An archive behind a URL has no version; without
    `checksum` it is not evaluated. Local modules have the version of the stack.
"""

from __future__ import annotations

import re

from plainwork_core.model.module_sources import ModuleSource, read_source
from plainwork_core.version_constraints import has_upper_bound
from plainwork_policies.api import Argument, Block, Findings, policy
from plainwork_policies.modules.settings import ModuleSettings
from plainwork_policies.modules.subjects import MODULE_CALLS

_BRANCHES = ("main", "master", "develop", "development", "dev", "trunk", "latest", "head", "default", "tip")
_BRANCH_PREFIXES = ("refs/heads/", "origin/")
_ONE_VERSION = re.compile(r"=?\s*v?\d+\.\d+\.\d+\S*")
_COMMIT = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")


@policy(
    "PLW_MODULE_002",
    "module-version-not-pinned",
    aliases=("module-unpinned",),
    severity="medium",
    on=MODULE_CALLS,
    links=("https://developer.hashicorp.com/terraform/language/modules/sources",),
    settings=("exact_version", "git_ref"),
)
def module_version_not_pinned(call: Block, settings: ModuleSettings) -> Findings:
    """Check `source` and `version` by the kind of the source."""
    source = call["source"]
    read = read_source(source.string())
    if read.kind == "registry":
        yield from _registry(call["version"], source.string(), settings)
    elif read.kind in ("git", "mercurial"):
        yield from _repository(source, read, settings)
    elif read.kind == "archive" and not read.pin:
        raise source.not_evaluated(
            f"`source` is the archive `{source.string()}`, which has no version; add `checksum` to `source`"
        )


def _registry(version: Argument, module: str, settings: ModuleSettings) -> Findings:
    constraint = version.string("")
    if not constraint:
        message = f"`version` is not set; `init` installs the newest version of `{module}`"
        yield version.fail(message, remedy='Set `version = "1.2.3"`.')
    elif not has_upper_bound(constraint):
        message = f"`version` of `{module}` is `{constraint}`, which has no upper bound"
        yield version.fail(message, remedy='Set an upper bound: `version = "~> 1.2"`.')
    elif settings.exact_version and not _ONE_VERSION.fullmatch(constraint):
        message = f"`version` of `{module}` is `{constraint}`; `[modules] exact_version` requires one version"
        yield version.fail(message, remedy='Set one version: `version = "1.2.3"`.')


def _repository(source: Argument, read: ModuleSource, settings: ModuleSettings) -> Findings:
    pin = read.pin_argument
    if not read.pin:
        message = f"`source` is `{source.string()}` without `{pin}`; `init` installs the newest commit"
        yield source.fail(message, remedy=f"Add a tag or a commit to `source`: `?{pin}=v1.2.3`.")
    elif read.pin.lower() in _BRANCHES or read.pin.startswith(_BRANCH_PREFIXES):
        message = f"`source` is `{source.string()}`, whose `{pin}` is a branch"
        yield source.fail(message, remedy=f"Set `{pin}` in `source` to a tag or a commit.")
    elif settings.git_ref == "commit" and not _COMMIT.fullmatch(read.pin):
        message = f"`source` is `{source.string()}`, whose `{pin}` is not a commit; `[modules] git_ref` is `commit`"
        yield source.fail(message, remedy=f"Set `{pin}` in `source` to the full hash of a commit.")
