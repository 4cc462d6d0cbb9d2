"""Markdown pages of own policies: an index, and one page for each policy with its examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from inspect import cleandoc
from pathlib import Path

from plainwork_policies.engine.own_examples import directory_of
from plainwork_policies.engine.own_policies import OwnPolicies
from plainwork_policies.engine.policy import Policy
from plainwork_policies.report import examples, pages
from plainwork_policies.report.markdown import inline

_EXAMPLES = (("Fails", "bad"), ("Passes", "good"))


def pages_of(sources: Iterable[OwnPolicies]) -> dict[str, str]:
    """Return the text of each file by its name."""
    found = [(source, policy) for source in sources for policy in source.policies()]
    rows = [
        f"| {policy.id} | [{policy.slug}]({policy.slug}.md) | {policy.severity} | {inline(policy.title)} |"
        for _, policy in found
    ]
    head = ["# Policies", "", "| Id | Policy | Severity | Title |", "|---|---|---|---|"]
    return {
        "index.md": "\n".join([*head, *rows]) + "\n",
        **{f"{policy.slug}.md": "\n\n".join(_parts(source, policy)) + "\n" for source, policy in found},
    }


def _parts(source: OwnPolicies, policy: Policy) -> Iterator[str]:
    yield f"# {policy.slug} ({policy.id})"
    yield f"**{inline(policy.title)}.**"
    yield " · ".join(filter(None, [f"Severity: {policy.severity}", pages.formerly(policy)]))
    for heading, text in pages.sections(policy).items():
        yield f"## {heading}\n\n{cleandoc(text)}"
    if policy.links:
        yield f"## {pages.REFERENCE}\n\n" + "\n".join(f"- <{link}>" for link in policy.links)
    for heading, kind in _EXAMPLES:
        if files := examples.files(directory_of(source, policy), kind):
            yield f"## {heading}"
            yield from map(_fenced, files.values())


def _fenced(file: Path) -> str:
    return f"```hcl\n{file.read_text(encoding='utf-8').strip()}\n```"
