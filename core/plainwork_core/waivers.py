"""Waivers: findings that a team accepts, with a reason, an owner and a date.

A waiver is written in the settings file, in Python (`waive=`), or as a comment beside the code::

    # plainwork: ignore elasticache-no-authentication until 2027-03-31: the cluster holds public data (platform)

Checkov reads the second form of the comment, in a block. It has the id of the policy::

    # checkov:skip=PLW_CACHE_006:until 2027-03-31: the cluster holds public data (platform)
"""

from __future__ import annotations

import re
from dataclasses import field
from datetime import date

from plainwork_core.addresses import without_keys
from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.wildcards import matches

MARK, CHECKOV_MARK = "plainwork:", "checkov:skip="
FORM = "# plainwork: ignore POLICY until YYYY-MM-DD: reason (owner)"
_ID = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_[0-9]+")
_TERMS = r"until (?P<expires>\S+): (?P<reason>.+) \((?P<owner>[^()]+)\)"
_COMMENT = rf"plainwork: *ignore (?P<policy>\S+)(?: at (?P<address>.+?))? {_TERMS}\s*"
_CHECKOV_COMMENT = rf"checkov:skip= *(?P<policy>[\w-]+):(?:at (?P<address>.+?) )?{_TERMS}\s*"


@frozen()
class Waiver:
    """A finding that is accepted until a date.

    Args:
        policy: id or slug of the policy, or a pattern (`PLW_TAG_*`).
        reason: why the finding is accepted; at least two words on one line.
        owner: the team or person that accepts it.
        expires: the last day on which it is accepted.
        address: of the resource, without the key of an instance for all instances; a module for all that is in it; or a
            pattern (`aws_s3_bucket.logs*`). Several are separated by commas. Optional beside the code.
        argument: only findings on this argument and what is in it, such as `ingress.0`; empty for all.
        path: only stacks in this directory or file, a glob relative to the settings file; empty for all.
        origin: the file, and the line or the entry in it, that has the waiver.

    Raises:
        InputError: a reason of one word, or an owner with a parenthesis.
    """

    policy: str
    reason: str
    owner: str
    expires: date
    address: str = ""
    argument: str = ""
    path: str = ""
    origin: str = field(default="", metadata={"internal": True})

    def __post_init__(self) -> None:
        """Check what each place that has a waiver requires."""
        if len(self.reason.split()) < 2 or "\n" in self.reason:  # noqa: PLR2004  one word states no reason
            raise InputError(f"`reason` is {self.reason!r}; state in a sentence why the finding is accepted")
        if not self.owner.strip() or set("()\n") & set(self.owner):
            raise InputError(f"`owner` is {self.owner!r}; name a team or a person, without parentheses")
        if type(self.expires) is not date:
            raise InputError(f"`expires` is {self.expires!r}; it must be a date")

    def is_expired(self, today: date) -> bool:
        """Return whether its last day is before *today*."""
        return self.expires < today

    def selects(self, address: str, argument: str) -> bool:
        """Return whether it is about the *argument* of the block at *address*."""
        is_of_argument = not self.argument or f"{argument}.".startswith(f"{self.argument}.")
        return is_of_argument and selects_address(self.address, address)

    @property
    def terms(self) -> str:
        """Date, reason and owner, as in a comment."""
        return f"until {self.expires}: {self.reason} ({self.owner})"

    def comment(self) -> str:
        """Return the comment in its block: the form of Checkov if the policy has the form of an id."""
        place = f"at {self.address} " if self.address else ""
        if _ID.fullmatch(self.policy):
            return f"# {CHECKOV_MARK}{self.policy}:{place}{self.terms}"
        return f"# {MARK} ignore {self.policy} {place}{self.terms}"


def selects_address(pattern: str, address: str) -> bool:
    """Return whether *pattern*, the address of a waiver, selects *address*."""
    return any(_selects(part.strip(), address) for part in pattern.split(","))


def read_comment(text: str, origin: str) -> Waiver | None:
    """Return the waiver in a comment; `None` if the comment is none, or a skip comment that only Checkov reads.

    Raises:
        InputError: a comment of plainwork that has another form.
    """
    if (start := text.find(MARK)) >= 0 and text[:start].strip(" \t#/") == "":
        found = re.fullmatch(_COMMENT, text[start:])
        if found is None:
            raise InputError(f"{origin}: `{text.strip()}` is not of the form `{FORM}`")
    else:
        start = text.find(CHECKOV_MARK)
        found = re.fullmatch(_CHECKOV_COMMENT, text[start:]) if start >= 0 else None
        if found is None:
            return None
    try:
        expires = date.fromisoformat(found["expires"])
        return Waiver(found["policy"], found["reason"], found["owner"], expires, found["address"] or "", origin=origin)
    except ValueError as error:
        raise InputError(f"{origin}: `{found['expires']}` is not a date; the form is `{FORM}`") from error
    except InputError as error:
        raise InputError(f"{origin}: {error}") from error


def _selects(pattern: str, address: str) -> bool:
    spellings = (address, without_keys(address))
    if "*" in pattern or "?" in pattern:
        return any(matches(pattern, spelling) for spelling in spellings)
    return any(f"{spelling}.".startswith(f"{pattern}.") for spelling in spellings)
