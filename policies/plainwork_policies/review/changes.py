"""The changes of a plan with their differences, their kind and their risks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from plainwork_core.diff.difference import Difference
from plainwork_core.diff.line import SIGNS, Line, Sign
from plainwork_core.diff.masking import AFTER_APPLY, LONGEST, Writer, without_secrets
from plainwork_core.diff.values import differences
from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Change, Location, Stack
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.report import place
from plainwork_policies.review.levels import Level, Verb
from plainwork_policies.review.model import Fold, ReviewedChange, Risk
from plainwork_policies.review.risks import risks_of, verb_of
from plainwork_policies.review.versions import upgrade

_TAGS = ("tags", "tags_all")
_ALL_TAGS = "tags_all"
_SHORT = 60
"""Characters of a value that the plan replaces by one that is known after apply."""
_UNCHANGING = ("read", "none")


@frozen(slots=True)
class Reviewed:
    """A change, and its risks, the worst first."""

    change: ReviewedChange
    risks: tuple[Risk, ...]


class Reviewer:
    """Makes the content of a review from the changes of a plan.

    Args:
        stack: the plan.
        write: writes values.
        obsolete_controls: addresses of deleted security controls that are no longer needed.
    """

    def __init__(self, stack: Stack, write: Writer, obsolete_controls: Callable[[str], bool]) -> None:
        self._stack, self._write, self._is_obsolete = stack, write, obsolete_controls

    def reviewed(self, change: Change) -> Reviewed | None:
        """Return the content of *change*; `None` if it neither changes nor moves nor imports anything."""
        verb = verb_of(change)
        if verb == "none" and not (change.previous_address or change.imported_id):
            return None
        lines, unknown = self._lines(change, verb)
        risks = sorted(self._risks(change, lines), key=lambda risk: risk.level)
        reviewed = ReviewedChange(
            change.address,
            change.type,
            verb,
            lines,
            unknown,
            None if risks else _fold(change, verb, lines, unknown),
            self._place(change),
            tuple(map(self._write.text, _notes(change, lines))),
            risks[0].level if risks else Level.CHANGE,
        )
        return Reviewed(reviewed, tuple(risks))

    def drift(self, change: Change) -> ReviewedChange:
        """Return what changed outside of Terraform."""
        lines, _ = self._lines(change, verb_of(change))
        return ReviewedChange(change.address, change.type, verb_of(change), lines, (), "drift", self._place(change))

    def output_line(self, name: str, before: Value, after: Value) -> Line:
        """Return the change of an output."""
        sign: Sign = "+" if before is None else "-" if after is None else "~"
        return Line(sign, name, self._write.named(name, before), self._write.named(name, after))

    def _risks(self, change: Change, lines: tuple[Line, ...]) -> Iterator[Risk]:
        obsolete = (change.address,) if self._is_obsolete(change.address) else ()
        return risks_of(change, lines, self._stack, obsolete, self._write)

    def _place(self, change: Change) -> Location | None:
        resource = self._stack.resource(change.address)
        found = place(self._stack, change.address, resource.location if resource else Location(""))
        return found if found.line else None

    def _lines(self, change: Change, verb: Verb) -> tuple[tuple[Line, ...], tuple[str, ...]]:
        """Return the differences, and the attributes that are known only after the apply."""
        before, after = without_secrets(change)
        if verb in ("delete", "forget", *_UNCHANGING) or not isinstance(after, Mapping):
            return (), ()
        if before is not None and not isinstance(before, Mapping):
            return (Line("~", "(all)", "(sensitive)", "(sensitive)"),), ()
        forcing = {str(path[0]) for path in change.replace_paths if path}
        completed, unknown = _completed(after, self._shown(change.address))
        lines: list[Line] = []
        for name, old, value in _compared(before or {}, completed, after):
            found = (one for one in differences(old, value, (name,)) if not _is_zero_value(one))
            lines += (self._line(one, forcing) for one in found)
        forced = forcing & set(unknown)
        lines += (
            Line("~", name, self._write.value((before or {}).get(name)), AFTER_APPLY, forces=True) for name in forced
        )
        lines.sort(key=lambda line: not line.forces)
        return tuple(lines), tuple(name for name in unknown if name not in forced)

    def _shown(self, address: str) -> Mapping[str, Value]:
        """Return the arguments that the HCL shows, where the plan hides them."""
        resource = self._stack.resource(address)
        return resource.values if resource else {}

    def _line(self, found: Difference, forcing: Iterable[str]) -> Line:
        write = self._write
        after = AFTER_APPLY if found.is_unknown and type(found.after) is Unknown else write.value(found.after)
        text = write.lines(found.lines)
        before = "" if text else write.value(found.before, _SHORT if after == AFTER_APPLY else LONGEST)
        argument = write.text(found.argument)
        sign = SIGNS[found.kind]
        return Line(sign, argument, before, "" if text else after, text, found.path[0] in forcing)


def _compared(
    before: Mapping[str, Value], after: Mapping[str, Value], planned: Mapping[str, Value]
) -> Iterator[tuple[str, Value, Value]]:
    """Yield name, old and new value of each argument; those of `tags` are the tags with the provider's default tags."""
    has_all = isinstance(before.get(_ALL_TAGS), Mapping) and isinstance(after.get(_ALL_TAGS), Mapping)
    for name in {**after, **{name: None for name in before if name not in planned}}:
        if not has_all or name not in _TAGS:
            yield name, before.get(name), after.get(name)
    if has_all:
        yield "tags", before[_ALL_TAGS], after[_ALL_TAGS]


def _is_zero_value(found: Difference) -> bool:
    """Return whether a 0 or a false of the state is not set any more: to the provider they are the same."""
    return found.kind == "removed" and (found.before is False or found.before == 0)


def _completed(after: Mapping[str, Value], shown: Mapping[str, Value]) -> tuple[dict[str, Value], tuple[str, ...]]:
    """Return the arguments with what only the HCL shows, and the names of the attributes that are known after apply."""
    known: dict[str, Value] = {}
    unknown = []
    for name, value in after.items():
        if isinstance(value, Unknown) and type(value) is Unknown:
            other = shown.get(name)
            value = other if other is not None and type(other) is not Unknown else value  # noqa: PLW2901
        if isinstance(value, Unknown) and type(value) is Unknown and (value.is_computed or not value.references):
            unknown.append(name)
        else:
            known[name] = value
    return known, tuple(unknown)


def _fold(change: Change, verb: Verb, lines: tuple[Line, ...], unknown: tuple[str, ...]) -> Fold | None:
    if verb == "forget":
        return None if "create" in change.actions else "forgotten"
    if verb == "read":
        return "read"
    if verb == "none":
        return "imported" if change.imported_id else "moved"
    if verb != "update":
        return None
    if not lines:
        return "after_apply" if unknown else "same_value"
    return "tags" if all(line.argument.partition(".")[0].partition("[")[0] in _TAGS for line in lines) else None


def _notes(change: Change, lines: tuple[Line, ...]) -> Iterator[str]:
    if change.previous_address:
        yield f"moved from `{change.previous_address}`"
    if change.imported_id:
        yield f"imports `{change.imported_id}`"
    if change.actions == ("update",) and (found := upgrade(change.type, change.address, lines)):
        yield found
    if change.replaces and change.actions[0] == "create":
        yield "the new one is created before the old one is deleted"
    if "forget" in change.actions and "create" in change.actions:
        yield "the old one is dropped from the state, and stays in AWS"
