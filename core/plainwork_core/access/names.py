"""The names of principals, resources and unknown values of a stack, so that two versions of it are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from plainwork_core.access.patterns import Pattern, Resolve, pattern_of, token_of
from plainwork_core.aws.arn import parse_arn
from plainwork_core.aws.identifiers import is_account_id
from plainwork_core.iam.attachments import IDENTITIES
from plainwork_core.iam.statement import Principal, Statement, Text
from plainwork_core.model.references import only_referent
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_core.moves import moved

_REFERENCE = re.compile(r"((?:module\.[^.]+\.)*(?:data\.)?[a-z][a-z0-9]*_\w+\.[^.]+)\.(\w+)")

_BUCKET_NAMES = ("arn", "bucket", "id")
"""The attributes of an S3 bucket that are its name, or have it."""


class Names:
    """The names in one version of a stack.

    Args:
        stack: the version.
        renamed: address of an identity in it, and its address in the other version.
        moves: of the other version, whose addresses are those of the comparison.
        former: the version before it, whose attributes a plan does not have until the apply.
    """

    def __init__(
        self,
        stack: Stack,
        renamed: Mapping[str, str] | None = None,
        moves: tuple[tuple[str, str], ...] = (),
        former: Stack | None = None,
    ) -> None:
        self.stack, self.moves, self.former = stack, moves, former
        self._renamed = dict(renamed or {})

    def renamed(self, address: str) -> str:
        """Return the address of a block in the comparison."""
        if address not in self._renamed:
            self._renamed[address] = moved(address, self.moves) if self.moves else address
        return self._renamed[address]

    def pattern(self, text: Text, resolve: Resolve) -> Pattern:
        """Return *text* of a policy as a pattern."""
        return pattern_of(text, resolve)

    def resolver(self, owner: Resource) -> Resolve:
        """Return a function that gives the text of an unknown part of an argument of *owner*."""

        def resolve(part: Unknown) -> str:
            if len(part.references) != 1 or part.is_derived:
                return token_of(", ".join(map(self._reference, part.references))) if part.references else ""
            return self._attribute(owner, part) or token_of(self._reference(part.references[0]))

        return resolve

    def _reference(self, reference: str) -> str:
        found = _REFERENCE.match(reference) if self.moves or self._renamed else None
        return self.renamed(found[1]) + reference[found.end(1) :] if found else reference

    def _attribute(self, owner: Resource, part: Unknown) -> str:
        """Return an attribute that the state has and the plan does not have yet, or the ARN of a bucket."""
        found = _REFERENCE.fullmatch(part.references[0])
        if found is None:
            return ""
        if self.former and (before := self.former.resource(self.renamed(found[1]))):
            known = before.attribute(found[2])
            if isinstance(known, str):
                return known
        resource = only_referent(self.stack, owner, part) if found[2] in _BUCKET_NAMES else None
        if resource is None or resource.type != "aws_s3_bucket":
            return ""
        name = resource.get("bucket")
        text = name if isinstance(name, str) else token_of(self._reference(f"{found[1]}.id"))
        return f"arn:aws:s3:::{text}" if found[2] == "arn" else text

    def principal(self, principal: Principal, statement: Statement) -> Pattern:
        """Return a principal: the address of an identity of the stack, an account ID, or its value as written."""
        value, owner = principal.value, statement.document.owner
        if isinstance(value, Unknown):
            found = only_referent(self.stack, owner, value)
            if found is not None and found.type in IDENTITIES and value.references[0] != found.address:
                return self._at(found.address)
            return self.pattern(value, self.resolver(owner))
        if value in self._arns:
            return self._at(self._arns[value])
        arn = parse_arn(value)
        if arn and arn.is_account and is_account_id(arn.account):
            return Pattern(arn.account, arn.account)
        return pattern_of(value, quote)

    def _at(self, address: str) -> Pattern:
        return Pattern(self.renamed(address), self.renamed(address))

    @cached_property
    def _arns(self) -> dict[str, str]:
        found = ((one.get("arn"), one.address) for one in self.stack.managed(*IDENTITIES))
        return {arn: address for arn, address in found if isinstance(arn, str)}


def renamed_identities(before: Stack, after: Stack) -> dict[str, str]:
    """Return the address in *after* of each identity of *before* that has the same name at another address."""
    moves = after.moves if after.format != "plan" else ()
    there = {moved(one.address, moves) if moves else one.address: one for one in before.managed(*IDENTITIES)}
    gone = {address: one for address, one in there.items() if after.resource(address) is None}
    added = [one for one in after.managed(*IDENTITIES) if one.address not in there]
    by_name = {(one.type, name): one.address for one in added if (name := _name(one))}
    return {
        one.address: by_name[one.type, name]
        for one in gone.values()
        if (name := _name(one)) and (one.type, name) in by_name
    }


def _name(identity: Resource) -> str:
    name = identity.get("name")
    return name if isinstance(name, str) else ""
