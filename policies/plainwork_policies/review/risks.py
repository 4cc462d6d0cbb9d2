"""The irreversible changes and the outages of a plan, each with what forces it, what is lost, and the way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from plainwork_core.diff.line import Line
from plainwork_core.diff.masking import Writer
from plainwork_core.model.conversion import as_string
from plainwork_core.model.stack import Change, Stack
from plainwork_core.model.values import look_up
from plainwork_core.text import enumeration
from plainwork_policies.changes.backups import BACKUPS, file_systems_with_backup, is_kept
from plainwork_policies.changes.reasons import REASONS
from plainwork_policies.changes.security_controls import CONTROLS
from plainwork_policies.changes.stateful_types import STATEFUL, is_stateful, keeps_content
from plainwork_policies.review import labels
from plainwork_policies.review.effects import INTERRUPTIONS
from plainwork_policies.review.held_groups import holders
from plainwork_policies.review.levels import Level, Verb
from plainwork_policies.review.model import Risk
from plainwork_policies.review.nouns import article
from plainwork_policies.review.weaker import met

_PROTECTIONS = ("deletion_protection", "deletion_protection_enabled", "enable_deletion_protection")
_ON = (True, "ACTIVE")
_EFS = "aws_efs_file_system"
_EFS_PAGE = "https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html"
_KMS = "aws_kms_key"
_KMS_WINDOW = 30
_KMS_PAGE = "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html"
_VERBS = {"replace": "replaces", "delete": "deletes", "update": "updates", "forget": "drops", "create": "creates"}
_ACTIONS: tuple[Verb, ...] = ("delete", "update", "create", "forget", "read")
_MAX_FORCING = 3
_MAX_ALIKE = 3
"""Risks with other values of the same arguments that are shown each with its values."""
_MAX_USERS = 3
_OF_NEW = ", and the new"


def verb_of(change: Change) -> Verb:
    """Return what *change* does to its resource."""
    if change.replaces:
        return "replace"
    return next((verb for verb in _ACTIONS if verb in change.actions), "none")


def together(risks: Iterable[Risk]) -> tuple[Risk, ...]:
    """Return *risks*, the worst first.

    Those that differ only in their address are one. So are many that are forced by the same arguments, whose values
    the changes have.
    """
    equal = _joined(sorted(risks, key=lambda risk: risk.level))
    numbers = Counter(_without_address(_without_values(risk)) for risk in equal)
    are_many = (numbers[_without_address(_without_values(risk))] > _MAX_ALIKE for risk in equal)
    return _joined(_without_values(risk) if many else risk for risk, many in zip(equal, are_many, strict=True))


def _joined(risks: Iterable[Risk]) -> tuple[Risk, ...]:
    """Return *risks* with one in place of those that differ only in their address."""
    groups: dict[Risk, list[str]] = {}
    for risk in risks:
        groups.setdefault(_without_address(risk), []).extend(risk.addresses)
    return tuple(replace(risk, address=first, others=tuple(others)) for risk, (first, *others) in groups.items())


def _without_address(risk: Risk) -> Risk:
    return replace(risk, address="", others=())


def _without_values(risk: Risk) -> Risk:
    return replace(risk, cause=f"Forced by {enumeration(risk.forcing)}.") if risk.forcing else risk


def risks_of(
    change: Change, lines: Collection[Line], stack: Stack, obsolete_controls: Collection[str], write: Writer
) -> Iterator[Risk]:
    """Yield the risks of *change*.

    Args:
        change: of the plan.
        lines: its differences.
        stack: the plan.
        obsolete_controls: addresses of deleted controls that the policy on them finds no fault with.
        write: writes values.
    """
    if change.destroys:
        forcing = tuple(line.argument for line in lines if line.forces)
        found = _destroyed(change, lines, stack, obsolete_controls, write)
        yield from (replace(risk, forcing=forcing) for risk in found)
    elif change.actions == ("update",):
        for rule, before, after in met(change):
            cause = f"`{rule.argument}` changes from {_shown(write, before)} to {_shown(write, after)}."
            title = f"updates {article(change.type)}"
            yield Risk(rule.level, change.address, "update", title, cause, rule.effect, link=rule.link)


def _shown(write: Writer, value: object) -> str:
    return f"`{write.value(value)}`" if value is not None else "unset"


def _destroyed(
    change: Change, lines: Collection[Line], stack: Stack, obsolete_controls: Collection[str], write: Writer
) -> Iterator[Risk]:
    verb = verb_of(change)
    title = f"{_VERBS[verb]} {article(change.type)}"
    cause = write.text(cause_of(change, lines))
    if "deposed object" in change.address:
        return
    if protection := next((name for name in _PROTECTIONS if look_up(change.before, name) in _ON), None):
        effect = f"AWS rejects the deletion, because `{protection}` is on in the state, and the apply stops there."
        yield Risk(Level.REJECTED, change.address, verb, title, cause, effect)
    elif is_stateful(change):
        level, way_back, link = _way_back(change, stack)
        lost = STATEFUL[change.type]
        effect = f"It stores {lost}."
        yield Risk(level, change.address, verb, title, cause, effect, way_back, link)
    elif change.type in INTERRUPTIONS and not (verb == "replace" and change.actions[0] == "create"):
        effect = _absence(INTERRUPTIONS[change.type], verb)
        yield Risk(Level.OUTAGE, change.address, verb, title, cause, effect)
    elif users := holders(change, stack):
        effect = f"AWS rejects the deletion, because {_users(users)}; set `create_before_destroy`."
        yield Risk(Level.REJECTED, change.address, verb, title, cause, effect)
    elif change.type in CONTROLS and verb == "delete" and change.address not in obsolete_controls:
        yield Risk(Level.WEAKER, change.address, verb, title, cause, f"Without it, {CONTROLS[change.type].effect}.")


def _users(addresses: Sequence[str]) -> str:
    return f"{enumeration(addresses[:_MAX_USERS])} still {'has' if len(addresses) == 1 else 'have'} it"


def _absence(clause: str, verb: Verb) -> str:
    """Return what happens while the resource does not exist, as a sentence."""
    if verb == "delete":
        clause = clause.partition(_OF_NEW)[0]
    if clause[0].isupper():
        return f"{clause}."
    return f"{'Until the new one exists' if verb == 'replace' else 'From then on'}, {clause}."


def cause_of(change: Change, lines: Collection[Line]) -> str:
    """Return what forces a replacement or a deletion, as a sentence; `""` if the plan does not tell."""
    forcing = [line for line in lines if line.forces]
    if forcing:
        named = enumeration((labels.from_to(line) for line in forcing[:_MAX_FORCING]), mark="")
        more = f" and {len(forcing) - _MAX_FORCING} more" if len(forcing) > _MAX_FORCING else ""
        return f"Forced by {named}{more}."
    if change.replace_paths:
        return f"Forced by {enumeration(dict.fromkeys(str(path[0]) for path in change.replace_paths if path))}."
    reason = REASONS.get(change.reason, "")
    return f"{reason[:1].upper()}{reason[1:]}." if reason else ""


def _way_back(change: Change, stack: Stack) -> tuple[Level, str, str]:
    """Return how bad the loss of a stateful resource is, the way back, and its page."""
    before = change.before
    if change.type == _KMS:
        days = look_up(before, "deletion_window_in_days") or _KMS_WINDOW
        key = look_up(before, "key_id") or look_up(before, "id") or "KEY"
        commands = f"`aws kms cancel-key-deletion --key-id {key}` and `aws kms enable-key` restore it"
        return Level.RESTORE, f"AWS deletes the key after {as_string(days)} days; until then {commands}.", _KMS_PAGE
    if change.type == _EFS and str(look_up(before, "id")) in file_systems_with_backup(stack):
        return Level.RESTORE, "Its automatic backups are on; restore a recovery point of AWS Backup.", _EFS_PAGE
    if is_kept(before):
        is_replica = bool(look_up(before, "replicate_source_db"))
        way = "It is a read replica; its source has the data." if is_replica else "Its automated backups are retained."
        return Level.RESTORE, way, ""
    if keeps_content(change):
        return (
            Level.IF_EMPTY,
            "AWS deletes it only if it is empty; otherwise the deletion fails, and the apply stops there.",
            "",
        )
    return *_backup(change), ""


def _backup(change: Change) -> tuple[Level, str]:
    """Return how bad the loss is by the argument that decides on a backup, and the way back."""
    backup = BACKUPS.get(change.type)
    if backup is None:
        return Level.LOSS, "The plan has no backup of it; look for one before the apply."
    value = look_up(change.before, backup.argument)
    if value not in backup.lost:
        return Level.RESTORE, backup.way_back
    state = "not set" if value in (None, "") else f"`{as_string(value)}`"
    return Level.LOSS, f"No way back: `{backup.argument}` is {state} in the state. Apply {backup.safe} first."
