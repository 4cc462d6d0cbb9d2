"""IAM Allow statement uses NotAction.

What: a statement that allows has `NotAction`, in an identity policy or in a resource's own policy.
Why: it allows what nobody has thought of: `NotAction = "iam:*"` is the administrator's policy without one service, and
    `NotAction = "s3:DeleteBucket"` allows all of IAM too. It grows with every service and action that AWS adds.
Remedy: name the actions that are used, in `Action`; what must never happen goes into a statement that denies::

        actions = ["s3:GetObject", "s3:PutObject"]
Limitations: trust policies, permissions boundaries, session policies, VPC endpoint policies and service control
    policies are
    not judged, because they grant nothing by themselves. `NotAction` with `*` in it allows nothing. A policy document
    data source that no resource of the stack takes is not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, of_kinds
from plainwork_core.iam.patterns import is_any
from plainwork_core.text import enumeration
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_PRIV_005",
    "iam-allow-not-action",
    aliases=("not-action",),
    severity="high",
    subjects=of_kinds("identity", "resource", "unused"),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",),
)
def iam_allow_not_action(statement: Statement) -> Iterator[Finding]:
    """Judge one statement by its `NotAction`."""
    path, left_out = statement.path("NotAction"), statement.not_actions
    if statement.unread is not None:
        yield not_evaluated(path, statement.unread)
    if statement.effect == "Deny" or not left_out:
        return
    if any(isinstance(action, str) and is_any(action) for action in left_out):
        return
    if doubt := statement.doubt(*left_out):
        yield not_evaluated(path, doubt)
        return
    message = f"allows every action but {enumeration(left_out)}"
    yield fail(path, message, value=list(left_out), remedy="name the actions that are used, in `Action`")
