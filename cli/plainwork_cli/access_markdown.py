"""The Markdown report of `plainwork access`, for a comment on a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork_cli import access_words as words
from plainwork_cli.access_report import Comparison, Listing
from plainwork_core.access.openings import by_target
from plainwork_core.repository import repository_path
from plainwork_policies.report.markdown import code, inline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork_core.access import AccessChange, Opening, PrincipalAccess
    from plainwork_core.model.stack import Location

MAX_LENGTH = 65_536
"""The longest comment that GitHub accepts."""
_RESERVED = 200
_SIGNS = {"gained": "+", "lost": "-", "unknown": "!"}


def render(report: Listing | Comparison) -> str:
    """Return the report. Lines that do not fit are cut, and the last line has their number."""
    head = f"## plainwork access: {inline(words.summary(report))}"
    if isinstance(report, Comparison):
        found = [
            (one.stack.source, [_change(change) for change in one.changes]) for one in report.stacks if one.changes
        ]
        return _joined(head, found, fence="```diff")
    listed = [(one.stack.source, [*_principals(one.principals), *_openings(one.openings)]) for one in report.stacks]
    return _joined(head, listed, fence="")


def _joined(head: str, sections: Sequence[tuple[str, Sequence[str]]], *, fence: str) -> str:
    lines, size, cut = [head], len(head), 0
    for source, rows in sections:
        heading = ["", f"### {code(repository_path(source))}", "", *([fence] if fence else [])]
        shown = []
        size += sum(map(len, heading))
        for row in rows:
            size += len(row.encode(errors="backslashreplace")) + 1
            if size < MAX_LENGTH - _RESERVED:
                shown.append(row)
            else:
                cut += 1
        lines += [*heading, *shown, *(["```"] if fence else [])] if shown else []
    if cut:
        lines += ["", f"**{cut} lines cut:** the comment has reached its greatest length. `--format json` has all."]
    return "\n".join(lines)


def _change(change: AccessChange) -> str:
    place = _place(change.location)
    return f"{_SIGNS[change.change]} {words.subject(change)}: {words.change(change)}{f'  {place}' if place else ''}"


def _principals(principals: Sequence[PrincipalAccess]) -> Iterator[str]:
    for access in principals:
        yield f"- {code(words.principal(access.principal))} {access.noun}".rstrip()
        yield from (f"  - assumed by {inline(words.trust(trust))}" for trust in access.trusted)
        if access.boundary:
            yield f"  - boundary {inline(access.boundary)}"
        for verb, is_deny in (("", False), ("denied: ", True)):
            lines = words.permissions(one for one in access.permissions if one.is_deny is is_deny)
            yield from (f"  - {verb}{inline(line)}" for line in lines)
        yield from (f"  - **not known:** {inline(reason)}" for reason in access.unknown)


def _openings(openings: Sequence[Opening]) -> Iterator[str]:
    for is_public, label in ((True, "**public** "), (False, "")):
        for target, members in by_target(one for one in openings if one.is_public is is_public).items():
            yield f"- {label}{code(words.principal(target))}: {inline('; '.join(words.openings(members)))}"


def _place(location: Location) -> str:
    return f"{repository_path(location.file)}:{location.line}" if location.line else ""
