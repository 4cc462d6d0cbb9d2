"""S3 state bucket is shared by several environments.

What: An S3 backend whose `bucket` contains the name of one environment and whose `key` contains another, or whose
    bucket also stores a state of another environment: of a stack of the run, or one that the stack reads by
    `terraform_remote_state`.
Why: Read access to the test states is then read access to the passwords of production, and one wrong word in a key
    selects the other environment. A bucket for each environment can have its own account, KMS key and permissions.
Remedy: Use a separate state bucket for each environment.
Limitations: Environments are recognized by whole words between `/`, `.`, `_` and `-` (`[backends] environments`); a
    name without such a word passes. Do not set it if permissions on keys separate the environments. Stacks of one run
    and format are compared, as far as their buckets and keys are known; in Checkov only the states that a stack reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.model.stack import Format, Run, Stack, cached_per_run
from plainwork_policies.api import Findings, policy
from plainwork_policies.backends.known_states import State, states_of_run, states_read
from plainwork_policies.backends.settings import BackendSettings
from plainwork_policies.backends.subjects import S3_BACKENDS, S3Backend

_REMEDY = "Use a separate state bucket for each environment."


@policy(
    "PLW_BACKEND_010",
    "s3-state-bucket-shared",
    severity="low",
    on=S3_BACKENDS,
    aliases=("state-bucket-shared",),
    links=("https://developer.hashicorp.com/terraform/language/backend/s3#multi-account-aws-architecture",),
    settings=("environments",),
    requires="environments",
)
def s3_state_bucket_shared(backend: S3Backend, settings: BackendSettings) -> Findings:
    """Compare the environment of the key with those of the bucket and of the other states in it."""
    bucket, key = backend["bucket"], backend["key"]
    of_bucket, of_key = (_environment(argument.string(), settings) for argument in (bucket, key))
    if not of_key:
        return
    if of_bucket and of_bucket != of_key:
        yield bucket.fail(
            f"`bucket` is {bucket.state} (environment `{of_bucket}`), but `key` is {key.state} "
            f"(environment `{of_key}`)",
            remedy=_REMEDY,
        )
    for environment, states in _states_in(bucket.string(), backend.stack, settings):
        if environment != of_key:
            more = f" and {len(states) - 1} more" if len(states) > 1 else ""
            yield bucket.fail(
                f"`bucket` is {bucket.state} and `key` is {key.state}; the bucket also stores states of environment "
                f"`{environment}`: `{states[0].key}` of {states[0].owner}{more}",
                remedy=_REMEDY,
            )


def _states_in(bucket: str, stack: Stack, settings: BackendSettings) -> Iterator[tuple[str, list[State]]]:
    """Yield the other states in *bucket* by environment: those of the run, then each that *stack* reads."""
    yield from _states_by_bucket(stack, settings).get((stack.format, bucket), {}).items()
    for state in states_read(stack):
        if state.bucket == bucket and (environment := _environment(state.key, settings)):
            yield environment, [state]


@cached_per_run
def _states_by_bucket(run: Run, settings: BackendSettings) -> dict[tuple[Format, str], dict[str, list[State]]]:
    found: dict[tuple[Format, str], dict[str, list[State]]] = {}
    for format_, state in states_of_run(run):
        if environment := _environment(state.key, settings):
            found.setdefault((format_, state.bucket), {}).setdefault(environment, []).append(state)
    return found


def _environment(name: str, settings: BackendSettings) -> str:
    """Return the environment of the first word of *name* that is one, by its first synonym; `""` without one."""
    by_word = {word: synonyms.split("|")[0] for synonyms in settings.environments for word in synonyms.split("|")}
    words = re.split(r"[/._-]", name.lower())
    return next((by_word[word] for word in words if word in by_word), "")
