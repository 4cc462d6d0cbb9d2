"""Generated conditions: most keys are in the request, and most values match."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tools.iam_proof.case import MULTIVALUED, Case
from tools.iam_proof.requests import ABSENT, COMMON, OPERATORS, OURS, TYPES, VALUES, VARIABLES


class Chances:
    """A source of random numbers."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.choice: Callable[[Any], Any] = random.choice

    def chance(self, share: float) -> bool:
        """Return whether something with a probability happens."""
        return self.random.random() < share


class Conditions(Chances):
    """Makes the conditions of a statement for the request of *case*."""

    def __init__(self, random: Random, case: Case) -> None:
        super().__init__(random)
        self.case = case

    def conditions(self, *, is_deny: bool) -> dict[str, Any]:
        """Return the element `Condition`; a `Deny` statement has more of them."""
        found: dict[str, Any] = {}
        for _ in range(self.choice((0, 0, 0, 1, 1, 2) if not is_deny else (1, 1, 1, 2, 3))):
            operator, key, values = self._condition()
            found.setdefault(operator, {})[key] = values
        return found

    def _condition(self) -> tuple[str, str, str | list[str]]:
        present = dict(self._present())
        is_present = bool(present) and self.chance(0.85)
        key = self.choice(list(present)) if is_present else self.choice((*ABSENT, *COMMON))
        if self.chance(0.12):
            return "Null", self._cased(key), self.choice(("true", "false"))
        type_ = TYPES.get(key.lower(), "String")
        operator = self.choice(OPERATORS[type_])
        wanted = [self._value(present.get(key, []), type_, operator) for _ in range(self.choice((1, 1, 2, 3)))]
        if key.lower() in MULTIVALUED or self.chance(0.03):
            operator = f"{self.choice(('ForAllValues', 'ForAnyValue'))}:{operator}"
        if self.chance(0.2):
            operator += "IfExists"
        return operator, self._cased(key), wanted[0] if len(wanted) == 1 and self.chance(0.5) else wanted

    def _present(self) -> Iterator[tuple[str, list[str]]]:
        case = self.case
        yield from case.context.items()
        yield from ((f"aws:ResourceTag/{key}", [value]) for key, value in case.resource_tags.items())
        yield from ((f"aws:PrincipalTag/{key}", [value]) for key, value in case.principal_tags.items())
        yield "aws:ResourceAccount", [case.account]
        yield "aws:PrincipalIsAWSService", ["true" if case.kind == "service" else "false"]
        if case.kind in ("role", "user", "root"):
            yield "aws:PrincipalArn", [case.principal]
            yield "aws:PrincipalAccount", [OURS]

    def _cased(self, key: str) -> str:
        """*key*, sometimes in another case: keys ignore case, but the name of a tag is left as it is."""
        return key.upper() if "/" not in key and self.chance(0.05) else key

    def _value(self, found: list[str], type_: str, operator: str) -> str:
        if not found or self.chance(0.15):
            return self.choice(VALUES[type_])
        value = str(self.choice(found))
        if type_ == "String" and self.chance(0.12):
            return self.choice(VARIABLES)
        if type_ == "Arn" and "Like" in operator and self.chance(0.5):
            return value[: value.rindex(":") + 2] + "*"
        if type_ == "String" and "Like" in operator and value and self.chance(0.5):
            return self.choice((f"{value[:-1]}*", f"*{value[1:]}", f"{value[:-1]}?", f"{value[0]}*{value[-1]}"))
        if "IgnoreCase" in operator and self.chance(0.6):
            return value.upper()
        return value
