"""Writes `docs/api-calls.md` from the table of API calls: `python -m tools.api_calls_page [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from plainwork_core.aws.creating_calls import creating_calls, creations
from plainwork_core.iam.api_calls import Authorization, authorizations
from tools.generated import write

PAGE = Path(__file__).parent.parent / "docs" / "api-calls.md"
_HEAD = """\
# What one API call asks for

AWS authorizes one call of its API several times: the action on each resource that the request names, a tagging action
if the request has tags, and `iam:PassRole` if it names a role. A policy that allows `ec2:RunInstances` with a tag and
not `ec2:CreateTags` allows no tagged instance.

`plainwork can` and `plainwork.testing` read this table, and so does the policy
[iam-tagging-permission-missing](policies/iam-tagging-permission-missing.md):

```python
from plainwork_core.iam.api_calls import authorizations, creation

creation("aws_instance")  # ec2:RunInstances, with the tags in the same call
for one in authorizations("ec2:RunInstances", tags=True):
    print(one.action, one.resource_type, one.required, one.has_request_tags, one.context, one.source)
```

For a call that is not in the table, `authorizations` returns what the Service Authorization Reference states about its
action: the resource types, the dependent actions, and the tagging action if it is one of them.

**Sources.** The resource types and condition keys are those of the
[Service Authorization Reference](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
The further actions are those of its [version for programs](https://docs.aws.amazon.com/service-authorization/latest/reference/service-reference.html)
of 2026-08-22, which states the actions that each operation authorizes, and of the guides of the services.
Each authorization has its page as `source`. What no page of AWS states is not in the table.

**Limitations.** The actions that a service calls with the permissions of the caller
([forward access sessions](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html)) are
listed only where a page states them. Dependent actions whose condition no page states are optional. A key policy that
`kms:CreateKey` sets must also allow the caller `kms:PutKeyPolicy`
([API reference](https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html)).
"""
_CALLS = """\
## Calls

*On* are the resource types that each request names; most calls accept further, optional ones. *Tags of* is the type
that the tags go to, on which AWS also authorizes the tagging action if the request has tags. *Tags in* is where
`aws:RequestTag/...` and `aws:TagKeys` are in the context of the request: in that of the creating action, of the tagging
action, or of both. Amazon EC2 has the tags of each resource in the authorization of that resource only.
"""
_REQUIRED = """\
## Where a policy can require tags

A `Deny` on the creating action with `"Null": {{"aws:RequestTag/Owner": "true"}}` works for the calls whose *Tags in*
has *create*. Limit it to the type that the tags go to: on the image or the subnet of `ec2:RunInstances` the key is
absent in every request.

It denies **every** request of the calls that cannot have tags: {never}.
These resources are tagged afterwards, by {after}.

The AWS provider 5.100.0 tags these types by a later call, so that such a `Deny` also denies `terraform apply`: {late}.
"""
_TERRAFORM = """\
## Resource types of Terraform

The calls of the AWS provider 5.100.0, recorded by a server that `tests/terraform/test_creation_calls.py` starts.

| Type | Created by | Tags |
|---|---|---|
"""


def page() -> str:
    """Return the whole page."""
    parts = [_HEAD, _CALLS]
    for service, calls in groupby(sorted(creating_calls()), lambda call: call.partition(":")[0]):
        parts.append(_section(service, [*calls]))
    return "\n".join([*parts, _required(), _TERRAFORM + "\n".join(_types()) + "\n"])


def _section(service: str, calls: Sequence[str]) -> str:
    """Return the table of a service, after the tagging action if its calls have the same."""
    rows = [creating_calls()[call] for call in calls]
    tagging = {(row.tagging, row.create_action, row.source) for row in rows if row.tagging}
    shared = tagging.pop() if len(tagging) == 1 else ((), "", "")
    lines = [f"### {service}\n", *_shared(*shared), "| Call | On | Tags of | Tags in | Further actions |"]
    return "\n".join([*lines, "|---|---|---|---|---|", *(_row(call, is_shared=bool(shared[0])) for call in calls), ""])


def _shared(tagging: tuple[str, ...], create_action: str, source: str) -> Iterator[str]:
    if tagging:
        condition = f", with the name of the call in `{create_action}`" if create_action else ""
        yield f"With tags also {_link(tagging, source)}{condition}.\n"


def _row(call: str, *, is_shared: bool) -> str:
    row = creating_calls()[call]
    found = authorizations(call, tags=True)
    own = [one for one in found if one.action == call]
    tagging = [one for one in found if one.action in row.tagging]
    link = "" if is_shared or not row.tagging else f", also {_link(row.tagging, row.source)}"
    cells = (
        f"`{call.partition(':')[2]}`",
        ", ".join(one.resource_type or "`*`" for one in own if one.required) or "one of several types",
        f"{row.creates}{link}" if tagging or _in_request(own) else "",
        " and ".join(_places(own, tagging)) or "none",
        "<br>".join(_further([one for one in found if one not in own and one not in tagging])),
    )
    return f"| {' | '.join(cells)} |"


def _link(tagging: tuple[str, ...], source: str) -> str:
    return f"[{' or '.join(f'`{name}`' for name in tagging)}]({source})"


def _further(found: list[Authorization]) -> Iterator[str]:
    stated = [one for one in found if one.is_stated]
    for one in stated:
        condition = "".join(f", `{key}` = `{value}`" for key, value in one.context.items())
        on = f" on {one.resource_type}" if one.resource_type else ""
        yield f"[`{one.action}`]({one.source}){on}{condition}{f': {one.note}' if one.note else ''}"
    if others := ", ".join(f"`{one.action}`" for one in found if one not in stated):
        yield f"dependent: {others}"


def _places(own: list[Authorization], tagging: list[Authorization]) -> Iterator[str]:
    if _in_request(own):
        yield "create"
    if any(one.has_request_tags for one in tagging):
        yield "tagging"


def _in_request(own: list[Authorization]) -> bool:
    return any(one.has_request_tags for one in own)


def _required() -> str:
    late = {one.terraform_type: one for one in creations().values() if one.tagging_call not in (None, one.call)}
    never = [one for one in late.values() if not _in_request(list(authorizations(one.call, tags=True)))]
    return _REQUIRED.format(
        never=_listed(one.call for one in never),
        after=_listed(one.tagging_call or "" for one in never),
        late=_listed(late),
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted({*names}))


def _types() -> Iterator[str]:
    for type_, one in sorted(creations().items()):
        tags = "no tags" if one.tagging_call is None else f"`{one.tagging_call}`"
        since = f"; in the same call since {one.tagged_since}" if one.tagged_since else ""
        yield f"| `{type_}` | `{one.call}` | {'in the same call' if one.has_tags_on_create else tags + since} |"


if __name__ == "__main__":
    sys.exit(write({PAGE: page()}, sys.argv[1:]))
