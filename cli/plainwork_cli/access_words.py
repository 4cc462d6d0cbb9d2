"""The words of the reports of `plainwork access`, for a terminal and for Markdown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plainwork_cli.access_report import Comparison, Listing
from plainwork_core.access.levels import LEVELS
from plainwork_core.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plainwork_core.access import AccessChange, Opening
    from plainwork_core.access.listing import Permission, Trust
    from plainwork_core.model.stack import Location

_MOST = 4
NETWORK = "network"
_EVERYONE = {"*": "everyone (*)"}


def principal(name: str) -> str:
    """Return the name of a principal."""
    return clean(_EVERYONE.get(name, name))


def place(location: Location) -> str:
    """Return file and line; `""` if the input has no lines."""
    return f"{clean(location.file)}:{location.line}" if location.line else ""


def permissions(found: Iterable[Permission]) -> Iterator[str]:
    """Yield a line for each of *found*, as `s3: read, write on arn:aws:s3:::data/* if aws:SourceVpce is vpce-1`.

    Those of one AWS managed policy are one line, and so are more than a few with the same services and levels.
    """
    groups: dict[object, list[Permission]] = {}
    for one in found:
        groups.setdefault(one.via or (one.services, one.levels), []).append(one)
    for group in groups.values():
        if len(group) > 1 and group[0].via:
            services = {service for one in group for service in one.services}
            levels = sorted({level for one in group for level in one.levels}, key=_place_of_level)
            yield clean(f"{_services(sorted(services))}: {', '.join(levels)}{_via(group[0].via)}")
        elif len(group) > _MOST:
            resources = tuple(dict.fromkeys(resource for one in group for resource in one.resources))
            conditions = ", with several conditions" if any(one.conditions for one in group) else ""
            yield clean(f"{_actions(group[0])} on {_cut(resources)}{conditions}")
        else:
            yield from map(_permission, group)


def _permission(found: Permission) -> str:
    on = f" on {_cut(found.resources)}"
    return clean(f"{_actions(found)}{on}{_conditions(found.conditions)}{_via(found.via)}")


def _actions(found: Permission) -> str:
    if found.levels != ("all",):
        return f"{_services(found.services)}: {', '.join(found.levels)}"
    return "all actions" if found.services == ("*",) else f"{_services(found.services)}: all actions"


def _services(services: Sequence[str]) -> str:
    return ", ".join(services) if len(services) <= _MOST else f"{len(services)} services"


def _place_of_level(level: str) -> int:
    levels = [name.lower() for name in LEVELS]
    return levels.index(level) if level in levels else -1


def trust(found: Trust) -> str:
    """Return a principal that may assume a role, with the conditions."""
    return f"{principal(found.principal)}{clean(_conditions(found.conditions))}"


def openings(found: Iterable[Opening]) -> Iterator[str]:
    """Yield `tcp 80, tcp 443 from 0.0.0.0/0` for each source of *found*, of one target, and what is public of it."""
    by_source: dict[tuple[str, str], dict[str, None]] = {}
    for one in found:
        unknown = f" (not known: {one.unknown})" if one.unknown else ""
        name = "itself" if one.source == one.target else one.source
        source = f" from {name}" if one.protocol or one.source != "0.0.0.0/0" else ""
        by_source.setdefault((source, unknown), {})[one.label] = None
    for (source, unknown), labels in by_source.items():
        yield clean(f"{', '.join(labels)}{source}{unknown}")


def change(found: AccessChange) -> str:
    """Return what is gained or lost, without the principal."""
    if found.kind == NETWORK and not found.reason:
        source = f" from {found.principal}" if found.principal != "*" else ""
        return clean(f"{', '.join(found.actions)}{source}")
    if found.kind == NETWORK:
        return clean(f"{', '.join(found.actions)}: {found.reason}")
    shown = replace(found, resources=(_cut(found.resources),)) if len(found.resources) > _MOST else found
    return clean(shown.what)


def subject(found: AccessChange) -> str:
    """Return what a change is listed under: its principal, or the resource of an opening."""
    return clean(", ".join(found.resources)) if found.kind == NETWORK else principal(found.principal)


def summary(report: Listing | Comparison) -> str:
    """Return the last line."""
    if isinstance(report, Comparison):
        numbers = report.numbers
        if not numbers.total():
            return f"No change of access in comparison with {report.name}."
        found = f"{numbers['gained']} gained, {numbers['lost']} lost, {numbers['unknown']} not known"
        return f"{found}, in comparison with {report.name}."
    principals = sum(len(listed.principals) for listed in report.stacks)
    openings = [found for listed in report.stacks for found in listed.openings]
    public = sum(found.is_public for found in openings)
    unknown = sum(len(one.unknown) for listed in report.stacks for one in listed.principals)
    network = f"{_count(len(openings), 'network opening')} ({public} public)"
    return f"{_count(principals, 'principal')}, {network}, {unknown} not known."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _cut(words: Sequence[str]) -> str:
    more = f" and {len(words) - _MOST} more" if len(words) > _MOST else ""
    return f"{', '.join(words[:_MOST])}{more}"


def _conditions(conditions: Iterable[str]) -> str:
    text = " and ".join(conditions)
    return f" if {text}" if text else ""


def _via(policy: str) -> str:
    return f" ({policy})" if policy else ""
