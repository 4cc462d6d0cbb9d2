"""Two stacks use the same state object.

What: an S3 backend with the `bucket` and `key` of another stack of the same run, or of a state that the stack itself
    reads as somebody else's by `terraform_remote_state`.
Why: each of the two takes the state of the other for its own: the next apply destroys what it does not know, and writes
    over the rest. Most such blocks were copied with the folder they stood in.
Remedy: give each stack a key of its own::

        terraform {
          backend "s3" {
            bucket = "example-terraform-state"
            key    = "prod/web.tfstate"
            region = "eu-central-1"
          }
        }
Limitations: compared are the stacks that one run judges in one format: name the folder above them all. Workspaces of
    one
    stack are told apart by Terraform. A key or bucket that `-backend-config` gives is not evaluated. Buckets of the
    same name in another partition or service are taken for the same. Inside Checkov only what the stack reads is
    compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Backend, Run, Stack, cached_per_run
from plainwork_core.model.values import Unknown, is_known
from plainwork_policies.backends.others import State, name_of, states_of_run, states_read
from plainwork_policies.backends.s3 import argument, s3_backends
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_BACKEND_009",
    "s3-backend-duplicate-key",
    aliases=("state-shared",),
    severity="critical",
    subjects=s3_backends,
    links=("https://developer.hashicorp.com/terraform/language/backend/s3#state-storage",),
)
def s3_backend_duplicate_key(backend: Backend, stack: Stack) -> Iterator[Finding]:
    """Compare the place of the state with those of other states."""
    bucket, key = argument(backend, "bucket"), argument(backend, "key")
    unknown = [each for each in (key, bucket) if isinstance(each, Unknown)]
    if unknown:
        yield not_evaluated("key", unknown[0])
        return
    of_run = _by_place(stack).get((stack.format, str(bucket), str(key)), [])
    for state in (*of_run, *states_read(stack)):
        if state.whose != name_of(stack) and (state.bucket, state.key) == (bucket, key):
            yield fail(
                "key",
                f"keeps its state in `s3://{bucket}/{key}`, which is the state of {state.whose} too",
                value=key,
                remedy="give each stack a key of its own",
            )


@cached_per_run
def _by_place(run: Run) -> dict[tuple[str, str, str], list[State]]:
    """Return the states of the run by format, bucket and key."""
    found: dict[tuple[str, str, str], list[State]] = {}
    for format_, state in states_of_run(run):
        if is_known(state.bucket) and is_known(state.key):
            found.setdefault((format_, str(state.bucket), str(state.key)), []).append(state)
    return found
