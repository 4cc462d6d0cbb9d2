"""Every policy there is, in the order of their ids."""

from __future__ import annotations

from difflib import get_close_matches

from plainwork_policies.errors import CannotJudge
from plainwork_policies.modules.module_not_evaluated import module_not_evaluated
from plainwork_policies.policy import Policy

POLICIES: tuple[Policy, ...] = (module_not_evaluated,)


def by_name(name: str) -> Policy:
    """Return the policy whose id or slug is *name*, in any case.

    Raises:
        CannotJudge: no policy has that name.
    """
    named = {key: policy for policy in POLICIES for key in (policy.id.lower(), policy.slug)}
    if policy := named.get(name.lower()):
        return policy
    close = get_close_matches(name.lower(), named, n=1)
    hint = f"did you mean `{_spelled(named[close[0]], close[0])}`?" if close else "docs/policies.md lists them all"
    raise CannotJudge(f"no policy is named {name!r}: {hint}")


def _spelled(policy: Policy, key: str) -> str:
    return policy.slug if key == policy.slug else policy.id
