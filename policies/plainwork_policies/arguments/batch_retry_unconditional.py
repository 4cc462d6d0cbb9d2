"""Batch job definition retries failures that none of its conditions match.

What: Each `evaluate_on_exit` of a `retry_strategy` in an `aws_batch_job_definition` has the action `RETRY`, and
    `attempts` is more than 1.
Why: Batch also retries a failure that no entry matches. The conditions have no effect: an error of the program is
    repeated as often as the loss of a host, and each attempt is billed.
Remedy: Add a last `evaluate_on_exit` with `action = "EXIT"` and `on_reason = "*"`.
Limitations: The conditions are not compared with each other, and a strategy that is set when a job is submitted is not
    checked.
"""

from __future__ import annotations

from plainwork_policies.api import Block, Findings, Resource, all_conditions, check_each, every, policy

_ENTRIES = "evaluate_on_exit"


@policy(
    "PLW_ARG_008",
    "batch-retry-unconditional",
    severity="low",
    on="aws_batch_job_definition",
    where=lambda definition: definition["retry_strategy"].is_configured,
    links=("https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html",),
)
def batch_retry_unconditional(definition: Resource) -> Findings:
    """Check the retry strategy."""
    yield from check_each(definition.blocks("retry_strategy"), _problems)


def _problems(strategy: Block) -> Findings:
    entries = strategy.blocks(_ENTRIES)
    if all_conditions(
        lambda: bool(entries), lambda: strategy["attempts"].number(1) > 1, lambda: every(entries, _retries)
    ):
        yield strategy[_ENTRIES].fail(
            f"each `{_ENTRIES}` has `RETRY`; Batch also retries a failure that no entry matches",
            remedy=f'Add a last `{_ENTRIES}` with `action = "EXIT"` and `on_reason = "*"`.',
        )


def _retries(entry: Block) -> bool:
    return entry["action"].string().upper() == "RETRY"
