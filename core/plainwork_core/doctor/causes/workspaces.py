"""Workspaces, and states of different root modules that meet."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.s3_backend import DEFAULT_WORKSPACE_KEY_PREFIX
from plainwork_core.doctor.causes.table import BACKEND, CAUSES
from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Severity
from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.model.values import Value

_STORAGE = f"{BACKEND}#state-storage"
_WORKSPACES = "https://developer.hashicorp.com/terraform/language/state/workspaces"


@CAUSES.rule(
    "state-shared", "Another root module stores its state in the same object", Severity.RISK, links=(_STORAGE,)
)
def state_shared(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Compare with the backends of the repository."""
    key = facts.setting("key")
    for other in facts.others:
        if key and other.has_state_of(facts):
            yield Diagnosis(
                cause=cause,
                evidence=(key.evidence, Evidence(f"`{other.source}` has the same bucket and key", other.place)),
                explanation="Each of the two treats the state of the other as its own: the next apply destroys what is "
                "not in its configuration.",
                command="Set a different `key` in one of the two",
                location=key.location,
            )
            return


@CAUSES.rule(
    "workspace-meets-state",
    "State of a workspace is the state of another root module",
    Severity.RISK,
    links=(_STORAGE,),
)
def workspace_meets_state(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Compare `prefix/<workspace>/key` with the keys of the other root modules of the repository."""
    key, setting = facts.text("key"), facts.setting("key")
    prefix = facts.value("workspace_key_prefix", DEFAULT_WORKSPACE_KEY_PREFIX)
    for other in facts.others:
        workspace = _workspace(other.values.get("key"), prefix, key)
        if setting and workspace:
            yield Diagnosis(
                cause=cause,
                evidence=(
                    setting.evidence,
                    Evidence(f"`{other.source}` has the key `{other.values['key']}`", other.place),
                ),
                explanation=f"`terraform workspace list` shows its state as the workspace `{workspace}`, and "
                "`workspace delete` deletes it.",
                command='Set a `workspace_key_prefix` that no key begins with, such as "workspaces"',
                location=setting.location,
            )
            return


def _workspace(other: Value, prefix: Value, key: str) -> str:
    """Return the workspace whose state has the key *other*; "" if there is none."""
    if not isinstance(other, str) or not isinstance(prefix, str) or not key:
        return ""
    start = f"{prefix}/" if prefix else ""
    name = other.removeprefix(start).removesuffix(f"/{key}")
    return name if "/" not in name and other == f"{start}{name}/{key}" else ""


@CAUSES.rule(
    "workspace-prefix-in-key",
    "Workspace key prefix is the first part of the key",
    Severity.ADVICE,
    links=(_STORAGE,),
)
def workspace_prefix_in_key(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Compare `workspace_key_prefix` with the beginning of `key`."""
    setting, prefix, key = facts.setting("workspace_key_prefix"), facts.text("workspace_key_prefix"), facts.text("key")
    if setting and prefix and key.startswith(f"{prefix}/"):
        yield Diagnosis(
            cause=cause,
            evidence=(setting.evidence, Evidence(f"`key` is `{key}`", facts.settings["key"].place)),
            explanation=f"The states of workspaces are `{prefix}/<workspace>/{key}`, below the folder of the default "
            f"state: a policy or a lifecycle rule for `{prefix}/*` covers both.",
            command='Set a `workspace_key_prefix` that no key begins with, such as "workspaces"',
            location=setting.location,
        )


@CAUSES.rule(
    "workspace-overridden", "TF_WORKSPACE overrides the selected workspace", Severity.ADVICE, links=(_WORKSPACES,)
)
def workspace_overridden(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Compare `TF_WORKSPACE` with `.terraform/environment`."""
    if facts.selected_workspace and facts.selected_workspace != facts.workspace:
        yield Diagnosis(
            cause=cause,
            evidence=(
                Evidence(f"the workspace is `{facts.workspace}`", facts.workspace_origin),
                Evidence(f"`terraform workspace select` stored `{facts.selected_workspace}`", ".terraform/environment"),
            ),
            explanation="Terraform creates an empty state for a workspace that does not exist, and plans to create "
            "everything.",
            command="unset TF_WORKSPACE",
        )
