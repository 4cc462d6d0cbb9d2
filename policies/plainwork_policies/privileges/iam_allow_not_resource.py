"""IAM Allow statement uses NotResource.

What: a statement that allows has `NotResource`, in an identity policy or in a resource's own policy.
Why: it reaches everything that is not on the list, and everything that is made later: a bucket for secrets that nobody
    adds to the list is open from its first day.
Remedy: name the resources, in `Resource`; exceptions go into a statement that denies::

        resources = ["${aws_s3_bucket.reports.arn}/*"]
Limitations: trust policies, permissions boundaries, session policies, VPC endpoint policies and service control
    policies are
    not judged, because they grant nothing by themselves. `NotResource` with `*` in it reaches nothing. Actions that
    take no resource need `Resource = "*"`, and are not told apart here. A policy document data source that no resource
    of the stack takes is not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, of_kinds
from plainwork_core.iam.patterns import is_any
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import placeholder, render
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_PRIV_006",
    "iam-allow-not-resource",
    aliases=("not-resource",),
    severity="high",
    subjects=of_kinds("identity", "resource", "unused"),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html",),
)
def iam_allow_not_resource(statement: Statement) -> Iterator[Finding]:
    """Judge one statement by its `NotResource`."""
    path, left_out = statement.path("NotResource"), statement.not_resources
    texts = [render(resource) for resource in left_out]
    if statement.unread is not None:
        yield not_evaluated(path, statement.unread)
    if statement.effect == "Deny" or not left_out or any(text and is_any(text) for text in texts):
        return
    hidden = (each for each in left_out if isinstance(each, Unknown) and not names_attribute(each))
    may_be_all = next((each for each in hidden if not (render(each) or "").startswith("arn:")), None)
    if doubt := statement.doubt(may_be_all):
        yield not_evaluated(path, doubt)
        return
    shown = [placeholder(each) if isinstance(each, Unknown) else each for each in left_out]
    named = [text or name for text, name in zip(texts, shown, strict=True)]
    message = f"reaches every resource but {enumeration(named)}"
    yield fail(path, message, value=named, remedy="name the resources, in `Resource`")
