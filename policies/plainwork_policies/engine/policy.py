"""A policy: one fault, one function of one subject, and the findings that it yields.

A module of a built-in policy::

    '''EFS file system is not encrypted at rest.

    What: an `aws_efs_file_system` without `encrypted = true`.
    Why: ...
    Remedy: ...
    Limitations: ...
    '''

    @policy("PLW_EFS_001", "efs-unencrypted", severity="high", on="aws_efs_file_system", links=("https://...",))
    def efs_unencrypted(file_system: Resource) -> Findings:
        encrypted = file_system["encrypted"]
        if not encrypted.bool():
            yield encrypted.fail("`encrypted` is `false`", remedy="Set `encrypted = true`.")

A subject passes if the function yields nothing and raises nothing.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import wraps
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Stack
from plainwork_policies.engine.finding import Finding
from plainwork_policies.engine.settings import Settings
from plainwork_policies.engine.severity import SEVERITIES, Severity
from plainwork_policies.engine.subjects import ANY, Pick, PossibleSubject, Subjects
from plainwork_policies.reading.block import Resource

Findings = Iterator[Finding]
PolicyFunction = Callable[[Any, Stack, Settings], Findings]
SECTIONS = ("What", "Why", "Remedy", "Limitations")
RESERVED = "PLW_"
"""Ids of built-in policies begin with it."""
_ID = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*_[0-9]+")
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@frozen()
class Policy:
    """A policy and its documentation.

    Args:
        id: such as `PLW_EFS_001`; never reused.
        slug: names the service and the fault, such as `efs-unencrypted`.
        severity: of a failure.
        title: a statement of the fault.
        sections: the documentation, by the names of `SECTIONS`.
        subjects: selects the subjects in a stack.
        function: yields the findings in a subject.
        aliases: former slugs.
        links: pages that state the rule, the most important one first.
        settings: the keys of the family's settings that it reads.
        since: the first version of plainwork that has it.
        requires: keys of `settings`, of which at least one must be set; without, it is not evaluated.
    """

    id: str
    slug: str
    severity: Severity
    title: str
    sections: dict[str, str]
    subjects: Pick
    function: PolicyFunction
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    since: str = "0.1"
    requires: tuple[str, ...] = ()

    def missing_setting(self, settings: Settings) -> str:
        """Return the setting that it requires, such as `[regions] allowed`, if none is set; otherwise `""`."""
        if not self.requires:
            return ""
        table = settings.of(self.module.rpartition(".")[0])
        is_set = any(getattr(table, key) not in (None, (), {}, "") for key in self.requires)
        return "" if is_set else f"[{table.table}] {self.requires[0]}"

    @property
    def names(self) -> tuple[str, ...]:
        """Id, slug and former slugs: each selects the policy."""
        return (self.id, self.slug, *self.aliases)

    @property
    def module(self) -> str:
        """The module that defines it."""
        return self.function.__module__

    @property
    def types(self) -> tuple[str, ...]:
        """The index keys of its subjects (`Subjects.types`)."""
        return self.subjects.types if isinstance(self.subjects, Subjects) else (ANY,)

    @property
    def family(self) -> str:
        """The middle of the id, in lower case: `tag`, `region`, ..."""
        return self.id.split("_")[1].lower()

    @property
    def link(self) -> str:
        """The page that states the rule; `""` if it has none."""
        return self.links[0] if self.links else ""


def policy(
    id_: str,
    slug: str,
    *,
    severity: Severity,
    on: str | tuple[str, ...] | Subjects | None = None,
    where: Callable[..., bool] | None = None,
    subjects: Pick | None = None,
    aliases: tuple[str, ...] = (),
    links: tuple[str, ...] = (),
    settings: tuple[str, ...] = (),
    since: str = "0.1",
    requires: str | tuple[str, ...] = (),
) -> Callable[[Callable[..., Findings]], Policy]:
    """Make a `Policy` of a function.

    The first parameter of the function is the subject. It may also have parameters `stack` and `settings` (the
    settings of its family).

    Args:
        id_: capitals and digits that end in a number: `PLW_EFS_001`, `ACME_001`.
        slug: lower-case words joined by hyphens.
        severity: of a failure.
        on: the resource types that it checks, or other `Subjects`. The function gets a `reading.Resource`, or what the
            subjects' `view` makes.
        where: which of the subjects. If an unknown value decides, the result is *not evaluated*.
        subjects: instead of `on`, selects objects of the model: the explicit form, in which unknown values are data.
        aliases: former slugs.
        links: pages that state the rule, the most important one first.
        settings: the keys of the family's settings that it reads.
        since: the first version of plainwork that has it.
        requires: what a team must decide: one of *settings*, or several of which one is enough. If none is set, the
            policy is not evaluated, and the summary of a run names it.

    Raises:
        ValueError: an id, slug, severity, parameter or docstring that does not have the required form.
    """
    if (on is None) is (subjects is None):
        raise ValueError(f"{id_}: set either `on` or `subjects`")
    picked = subjects or _subjects(on)
    if not id_.startswith(RESERVED):
        picked = _with_checked_names(picked)
    if where is not None:
        if not isinstance(picked, Subjects):
            raise ValueError(f"{id_}: `where` requires `on`")
        picked = picked.where(where)
    _check_names(id_, slug, severity, aliases)
    required = (requires,) if isinstance(requires, str) else requires
    if unknown := set(required).difference(settings):
        raise ValueError(f"{id_}: `requires` has {min(unknown)!r}, which is not in `settings`")

    def decorate(function: Callable[..., Findings]) -> Policy:
        title, sections = _documentation(id_, function)
        adapted = _adapted(id_, function, picked)
        return Policy(id_, slug, severity, title, sections, picked, adapted, aliases, links, settings, since, required)

    return decorate


def resources(*types: str) -> Subjects:
    """Return the managed resources of *types*, or all, as subjects."""
    return Subjects(types or ("resource",), lambda stack: stack.managed(*types), Resource)


def _subjects(on: str | tuple[str, ...] | Subjects | None) -> Subjects:
    return on if isinstance(on, Subjects) else resources(*((on,) if isinstance(on, str) else on or ()))


def _with_checked_names(subjects: Pick) -> Pick:
    """Return *subjects* for a custom policy, whose argument names are checked against the provider's schema."""
    if not isinstance(subjects, Subjects) or subjects.view is not Resource:
        return subjects
    from plainwork_policies.reading.checked import CheckedResource  # noqa: PLC0415  built-in policies do not need it

    return replace(subjects, view=CheckedResource)


def _check_names(id_: str, slug: str, severity: str, aliases: tuple[str, ...]) -> None:
    if not _ID.fullmatch(id_):
        raise ValueError(f"policy id {id_!r} is not capitals and digits that end in a number, such as ACME_001")
    for name in (slug, *aliases):
        if not _SLUG.fullmatch(name):
            raise ValueError(f"{id_}: slug {name!r} is not lower-case words joined by hyphens")
    if severity not in SEVERITIES:
        raise ValueError(f"{id_}: severity {severity!r} is not one of {', '.join(SEVERITIES)}")


def _adapted(id_: str, function: Callable[..., Findings], subjects: Pick) -> PolicyFunction:
    """Return *function* with the parameters of a `PolicyFunction`. It gets the view of the subject."""
    code: Any = getattr(function, "__code__", None)
    _, *parameters = code.co_varnames[: code.co_argcount] if code else ("", "stack", "settings")
    parameters = [name.removeprefix("_") for name in parameters]
    if unsupported := set(parameters) - {"stack", "settings"}:
        raise ValueError(f"{id_}: unsupported parameter `{min(unsupported)}`; after the subject: `stack`, `settings`")
    view = subjects.view if isinstance(subjects, Subjects) else None
    family = function.__module__.rpartition(".")[0]

    @wraps(function)
    def adapted(subject: Any, stack: Stack, settings: Settings) -> Findings:
        if isinstance(subject, PossibleSubject):
            raise subject.reason.with_traceback(None)
        viewed = view(subject, stack) if view else subject
        if not parameters:
            return function(viewed)
        return function(viewed, *[stack if name == "stack" else settings.of(family) for name in parameters])

    return adapted


def _documentation(id_: str, function: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    """Return title and sections of the module's docstring; a custom policy only requires a title, on its function."""
    if id_.startswith(RESERVED):
        return _complete(id_, *_sections(sys.modules[function.__module__].__doc__ or ""))
    title, sections = _sections(function.__doc__ or "")
    if not title:
        raise ValueError(f"{id_}: {function.__name__}() has no docstring; its first line is the title of the policy")
    return title.rstrip("."), sections


def _sections(docstring: str) -> tuple[str, dict[str, str]]:
    title, _, body = inspect.cleandoc(docstring).partition("\n")
    first, *parts = re.split(rf"^({'|'.join(SECTIONS)}): *", body, flags=re.MULTILINE)
    named = {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}
    return title, ({"What": first.strip()} if first.strip() else {}) | named


def _complete(id_: str, title: str, sections: dict[str, str]) -> tuple[str, dict[str, str]]:
    missing = [name for name in SECTIONS if not sections.get(name)]
    if not title or missing:
        raise ValueError(f"{id_}: the docstring of its module has no {', '.join(missing) or 'title'}")
    return title.rstrip("."), sections
