"""What a policy is: one sentence, one function over one subject, and the findings it yields.

A policy knows nothing of files, formats or Checkov. The module that holds one has this anatomy::

    '''A required tag is missing.

    What: ...
    Why: ...
    Fix: ...
    Limits: ...
    Link: https://...
    '''

    @policy("PLW_TAG_001", "tag-required-missing", severity="medium", subjects=taggable_resources)
    def tag_required_missing(resource: Resource, stack: Stack, settings: Settings) -> Iterator[Finding]:
        ...
        yield fail("tags.Owner", "has no tag `Owner`", value=sorted(tags), remedy="add `Owner` to ...")

The docstring's first line is the title, a statement of the bad pattern; the sections make `docs/policies.md`.
A subject for which nothing is yielded has passed.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, Protocol, get_args, runtime_checkable

from plainwork_core.model.stack import Location, Stack
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.engine.settings import Settings

Severity = Literal["low", "medium", "high", "critical"]
SECTIONS = ("What", "Why", "Fix", "Limits", "Link")
_ID = re.compile(r"PLW_[A-Z]+_[0-9]{3}")
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Subject(Protocol):
    """What a policy looks at: a resource, a provider, a backend, a module call, an IAM statement, ..."""

    @property
    def address(self) -> str:
        """How a finding names it."""

    @property
    def location(self) -> Location:
        """Where it stands."""

    def at(self, path: str) -> Location:
        """Where its argument *path* stands, or the nearest thing around it that has a line."""


@runtime_checkable
class HasSensitiveValues(Protocol):
    """A subject of which a plan says that parts must not be shown."""

    def sensitive_part(self, path: str) -> str | None:
        """Return the sensitive argument for which a finding about *path* may not show what it found."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a policy says of a subject, before the runner adds whose it is.

    Args:
        verdict: `fail`, or `unknown` for "not evaluated".
        message: the fact, with the value, as a sentence whose subject is the address.
        path: the argument in question, such as `tags.Owner` or `policy.Statement.0.Action`; `""` for the whole.
        value: the value in question, as it stands.
        remedy: what to write instead.
        location: where *path* stands; the runner asks the subject.
    """

    verdict: Literal["fail", "unknown"]
    message: str
    path: str = ""
    value: Value = None
    remedy: str = ""
    location: Location | None = None


def fail(path: str, message: str, *, value: Value = None, remedy: str) -> Finding:
    """Make the finding that *path* of the subject is wrong."""
    return Finding("fail", message, path, value, remedy)


def not_evaluated(path: str, because: Unknown | str) -> Finding:
    """Make the finding that *path* of the subject cannot be judged, *because* of an unknown value or in words."""
    reason = because.reason if isinstance(because, Unknown) else because
    return Finding("unknown", f"not evaluated: {reason}", path)


PolicyFunction = Callable[[Any, Stack, Settings], Iterator[Finding]]
Subjects = Callable[[Stack], Iterable[Subject]]


@dataclass(frozen=True)
class Policy:
    """A policy and its documentation: `title` names the bad pattern, `sections` maps each of `SECTIONS` to its text."""

    id: str
    slug: str
    severity: Severity
    title: str
    sections: dict[str, str]
    subjects: Subjects
    function: PolicyFunction
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Id, slug and former slugs: each selects the policy."""
        return (self.id, self.slug, *self.aliases)

    @property
    def family(self) -> str:
        """The middle of the id, in lower case: `tag`, `region`, ..."""
        return self.id.split("_")[1].lower()

    @property
    def link(self) -> str:
        """The page that states the rule."""
        return self.sections["Link"]


def policy(
    id_: str, slug: str, *, severity: Severity, subjects: Subjects, aliases: tuple[str, ...] = ()
) -> Callable[[PolicyFunction], Policy]:
    """Make a `Policy` of a judging function and of its module's docstring.

    Args:
        id_: `PLW_<FAMILY>_<NNN>`; never reused.
        slug: words that name the bad pattern, `tag-required-missing`.
        severity: how bad a failure is.
        subjects: picks what is judged from a stack.
        aliases: former slugs.

    Raises:
        ValueError: an id, slug, severity or docstring that does not have the required form.
    """
    if not _ID.fullmatch(id_):
        raise ValueError(f"policy id {id_!r} is not of the form PLW_<FAMILY>_<NNN>")
    for each in (slug, *aliases):
        if not _SLUG.fullmatch(each):
            raise ValueError(f"{id_}: slug {each!r} is not lower-case words joined by hyphens")
    if severity not in get_args(Severity):
        raise ValueError(f"{id_}: severity {severity!r} is not one of {', '.join(get_args(Severity))}")

    def decorate(function: PolicyFunction) -> Policy:
        title, sections = _read_docstring(id_, sys.modules[function.__module__].__doc__ or "")
        return Policy(id_, slug, severity, title, sections, subjects, function, aliases)

    return decorate


def _read_docstring(id_: str, docstring: str) -> tuple[str, dict[str, str]]:
    title, _, body = inspect.cleandoc(docstring).partition("\n")
    parts = re.split(rf"^({'|'.join(SECTIONS)}): *", body, flags=re.MULTILINE)[1:]
    sections = {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}
    missing = [name for name in SECTIONS if not sections.get(name)]
    if not title or missing:
        raise ValueError(f"{id_}: its module's docstring lacks {', '.join(missing) or 'a title'}")
    return title.rstrip("."), sections
