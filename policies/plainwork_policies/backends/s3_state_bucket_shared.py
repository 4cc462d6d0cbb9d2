"""S3 state bucket is shared by several environments.

What: an S3 backend whose bucket is named for one environment and its key for another, or whose bucket also holds a
    state of another environment, of a stack of the same run or one that this stack reads by `terraform_remote_state`.
Why: who may read the bucket to work on a test reads the passwords of production, and a wrong key is one word away. A
    bucket for each environment can lie in its own account, with its own key and its own rights.
Remedy: name the bucket of the environment::

        terraform {
          backend "s3" {
            bucket = "example-prod-terraform-state"
            key    = "prod/network.tfstate"
            region = "eu-central-1"
          }
        }
Limitations: environments are told by words in the names (`[backends] environments`), whole words between `/`, `.`,
    `_` and
    `-`; a name without one says nothing and passes. Teams that part environments by rights on keys leave the setting
    empty. Compared are the stacks that one run judges in one format; inside Checkov only what the stack reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.model.stack import Backend, Run, Stack, cached_per_run
from plainwork_core.model.values import Unknown, Value, is_known
from plainwork_policies.backends.others import State, states_of_run, states_read
from plainwork_policies.backends.s3 import argument, s3_backends
from plainwork_policies.backends.settings import BackendSettings
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_BACKEND_010",
    "s3-state-bucket-shared",
    aliases=("state-bucket-shared",),
    severity="low",
    subjects=s3_backends,
    links=("https://developer.hashicorp.com/terraform/language/backend/s3#multi-account-aws-architecture",),
    settings=("environments",),
)
def s3_state_bucket_shared(backend: Backend, stack: Stack, settings: BackendSettings) -> Iterator[Finding]:
    """Compare the environment of the key with those of the bucket and of what else is in it."""
    bucket, key = argument(backend, "bucket"), argument(backend, "key")
    unknown = [each for each in (bucket, key) if isinstance(each, Unknown)]
    if unknown:
        yield not_evaluated("bucket", unknown[0])
        return
    own = _environment(key, settings)
    of_bucket = _environment(bucket, settings)
    if own and of_bucket and own != of_bucket:
        yield _failure(bucket, f"which is named for `{of_bucket}`, but its key `{key}` is for `{own}`")
    of_run = _by_bucket(stack, settings).get((stack.format, str(bucket)), {})
    for other, states in of_run.items():
        if own and own != other:
            more = f" (and {len(states) - 1} more for `{other}`)" if len(states) > 1 else ""
            yield _failure(bucket, f"by the key `{key}`, where {states[0].whose} has `{states[0].key}`{more}")
    for state in states_read(stack):
        other = _environment(state.key, settings) if state.bucket == bucket else ""
        if own and other and own != other:
            yield _failure(bucket, f"by the key `{key}`, where {state.whose} has `{state.key}`")


@cached_per_run
def _by_bucket(run: Run, settings: BackendSettings) -> dict[tuple[str, str], dict[str, list[State]]]:
    """Return the states of the run by format and bucket, then by environment, where both are known."""
    found: dict[tuple[str, str], dict[str, list[State]]] = {}
    for format_, state in states_of_run(run):
        if is_known(state.bucket) and (environment := _environment(state.key, settings)):
            found.setdefault((format_, str(state.bucket)), {}).setdefault(environment, []).append(state)
    return found


def _environment(name: Value, settings: BackendSettings) -> str:
    """Return the environment that the first word of *name* which says one says, by its shortest name."""
    words = re.split(r"[/._-]", name.lower()) if isinstance(name, str) else []
    called = {word: each.split("|")[0] for each in settings.environments for word in each.split("|")}
    return next((called[word] for word in words if word in called), "")


def _failure(bucket: str, how: str) -> Finding:
    return fail(
        "bucket",
        f"keeps its state in the bucket `{bucket}`, {how}",
        value=bucket,
        remedy="use a bucket for each environment",
    )
