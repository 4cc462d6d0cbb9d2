"""Two stacks use the same state object.

What: An S3 backend with the `bucket`, `key` and `workspace_key_prefix` of another stack of the run, or of a state that
    the stack itself reads by `terraform_remote_state`.
Why: Each stack treats the state of the other one as its own: the next apply destroys the resources that are not in its
    configuration. The usual cause is a directory that was copied with its backend block.
Remedy: Set a different `key` for each stack.
Limitations: The stacks of one run and format are compared: check the directory that contains all of them. Stacks
    that differ in `workspace_key_prefix` alone pass, although the states of their workspace `default` are the same
    object. A `bucket` or `key` that `-backend-config` sets is not evaluated, nor is a template with a placeholder such
    as `$application`, and other stacks are not compared with it. Buckets of the same name in other partitions count as
    the same bucket. In Checkov a stack is compared only with the states that it reads.
"""

from __future__ import annotations

from plainwork_core.aws.s3_backend import DEFAULT_WORKSPACE_KEY_PREFIX
from plainwork_core.model.stack import Format, Run, cached_per_run
from plainwork_policies.api import Findings, policy
from plainwork_policies.backends.known_states import State, states_of_run, states_read
from plainwork_policies.backends.subjects import S3_BACKENDS, S3Backend


@policy(
    "PLW_BACKEND_009",
    "s3-backend-duplicate-key",
    severity="critical",
    on=S3_BACKENDS,
    aliases=("state-shared",),
    links=("https://developer.hashicorp.com/terraform/language/backend/s3#state-storage",),
)
def s3_backend_duplicate_key(backend: S3Backend) -> Findings:
    """Compare the state with the other known states: one finding, which names the first other and counts the rest."""
    stack, bucket, key = backend.stack, backend["bucket"], backend["key"]
    prefix = backend["workspace_key_prefix"]
    own = State(stack.source, bucket.string(), key.string(), prefix.string(default=DEFAULT_WORKSPACE_KEY_PREFIX))
    if own.placeholder:
        raise key.not_evaluated(f"the state has the placeholder `{own.placeholder}`; a copy of the directory sets it")
    same = [*_by_place(stack).get((stack.format, *own.place), []), *states_read(stack)]
    others = [state for state in same if state.owner != own.owner and state.place == own.place]
    if others:
        more = f" and {len(others) - 1} more also use" if len(others) > 1 else " also uses"
        yield key.fail(
            f"`bucket` and `key` are {bucket.state} and {key.state}, which {others[0].owner}{more}",
            remedy="Set a different `key` for each stack.",
        )


@cached_per_run
def _by_place(run: Run) -> dict[tuple[Format, str, str, str | None], list[State]]:
    found: dict[tuple[Format, str, str, str | None], list[State]] = {}
    for format_, state in states_of_run(run):
        found.setdefault((format_, *state.place), []).append(state)
    return found
