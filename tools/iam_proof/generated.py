"""Generated cases: a seed gives the same case on every machine.

A policy is made for the request of its case: most of its patterns, principals and values match, so that one element
that does not decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tools.iam_proof.case import FULL_ACCESS, MULTIVALUED, Case, Json, session_arn
from tools.iam_proof.requests import (
    ABSENT,
    ALWAYS,
    COMMON,
    OPERATORS,
    OURS,
    PROVIDER,
    ROLES,
    SERVICES,
    TAGS,
    TARGETS,
    THEIRS,
    TRUST,
    TYPES,
    VALUES,
    VARIABLES,
    WEB_IDENTITY,
    Target,
)


def generated(seed: int) -> Case:
    """Return the case of *seed*."""
    return _Generator(Random(seed)).case()  # noqa: S311  it makes no secret


class _Generator:
    """Makes one case from a source of random numbers."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.choice: Callable[[Any], Any] = random.choice

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def case(self) -> Case:
        kind, principal = self.principal()
        target = self.target(kind)
        account = OURS if kind == "federated" or self.chance(0.65) else THEIRS
        self.case_ = Case(
            kind=kind,
            principal=principal,
            principal_tags=self.choice(TAGS) if kind in ("role", "user") else {},
            action=self.choice(target.actions),
            resource=target.resource.replace("{account}", account),
            account=OURS if target.resource == "*" else account,
            resource_tags=self.choice(TAGS),
            context=self.context(target, kind),
        )
        self.others = [other.replace("{account}", account) for other in target.others]
        return self.with_policies(target, kind)

    def principal(self) -> tuple[str, str]:
        kind = self.choice(("role",) * 8 + ("user",) * 5 + ("root", "service", "service", "anonymous", "federated"))
        names = {
            "role": lambda: f"arn:aws:iam::{OURS}:{self.choice(ROLES)}",
            "user": lambda: f"arn:aws:iam::{OURS}:user/{self.choice(('ana', 'staff/ben'))}",
            "root": lambda: f"arn:aws:iam::{OURS}:root",
            "service": lambda: self.choice(SERVICES),
            "anonymous": lambda: "*",
            "federated": lambda: PROVIDER,
        }
        return kind, names[kind]()

    def target(self, kind: str) -> Target:
        if kind == "federated":
            return WEB_IDENTITY
        return (
            TRUST
            if self.chance(0.15)
            else self.choice([one for one in TARGETS if one.has_policy or kind in ("role", "user")])
        )

    def context(self, target: Target, kind: str) -> dict[str, list[str]]:
        found = {key: [self.choice(values)] for key, values in ALWAYS.items()}
        own = dict(target.keys) if kind in ("service", "anonymous", "federated") else {**target.keys, **COMMON}
        for key, values in own.items():
            if self.chance(0.6):
                several = key.lower() in MULTIVALUED and self.chance(0.6)
                found[key] = self.random.sample(values, len(values)) if several else [self.choice(values)]
        return found

    def with_policies(self, target: Target, kind: str) -> Case:
        case = self.case_
        is_identity = kind in ("role", "user")
        is_other = case.account != OURS or case.is_trust or target.actions[0].startswith("kms:")
        more: dict[str, Any] = {}
        if is_identity:
            more["identity"] = [self.document("identity") for _ in range(self.choice((0, 1, 1, 1, 2, 2)))]
            if self.chance(0.25):
                more["boundary"] = self.document("identity")
            if kind == "role" and self.chance(0.2):
                more["session"] = self.document("identity")
        if target.has_policy and (not is_identity or is_other or self.chance(0.4)):
            more["resource_policy"] = self.document("resource")
        if kind != "anonymous" and self.chance(0.25):
            more["scp"] = [self.level() for _ in range(self.choice((1, 2, 3)))]
        if target.has_policy and self.chance(0.15):
            more["rcp"] = [[self.document("rcp")] for _ in range(self.choice((1, 2)))]
        if kind != "service" and not case.is_trust and self.chance(0.15):
            more["endpoint"] = self.document("endpoint")
        return Case(**{**case.__dict__, **more})

    def level(self) -> list[Json]:
        return [FULL_ACCESS, self.document("scp")] if self.chance(0.6) else [self.document("scp")]

    def document(self, kind: str) -> Json:
        statements = [self.statement(kind) for _ in range(self.choice((1, 1, 2, 3)))]
        version = "2012-10-17" if kind == "rcp" or self.chance(0.95) else "2008-10-17"
        return {"Version": version, "Statement": statements}

    def statement(self, kind: str) -> dict[str, Any]:
        is_deny = kind == "rcp" or self.chance(0.25)
        statement: dict[str, Any] = {"Effect": "Deny" if is_deny else "Allow"}
        if kind in ("resource", "endpoint"):
            statement |= self.principals(is_deny=is_deny)
        elif kind == "rcp":
            statement["Principal"] = "*"
        if kind != "rcp" and self.chance(0.12):
            statement["NotAction"] = self.some(self.other_action, self.action, likely=0.75)
        else:
            statement["Action"] = self.some(self.action, self.other_action)
        if kind == "rcp" and "*" in statement["Action"]:
            statement["Action"] = f"{self.case_.action.partition(':')[0]}:*"  # of `*`, an RCP allows no other use
        if not (kind == "resource" and self.case_.is_trust):
            element = "NotResource" if kind != "rcp" and self.chance(0.1) else "Resource"
            likely, less = (
                (self.other_resource, self.resource)
                if element == "NotResource"
                else (self.resource, self.other_resource)
            )
            statement[element] = self.some(likely, less)
        if conditions := self.conditions(is_deny=is_deny):
            statement["Condition"] = conditions
        return statement

    def some(self, likely_one: Callable[[], str], other: Callable[[], str], likely: float = 0.92) -> str | list[str]:
        one = likely_one() if self.chance(likely) else other()
        return one if self.chance(0.6) else [other(), one]

    def action(self) -> str:
        action = self.case_.action
        prefix, name = action.split(":")
        half = len(name) // 2
        patterns = (
            action,
            action,
            action.lower(),
            f"{prefix}:*",
            f"{prefix}:{name[:half]}*",
            f"{prefix}:*{name[half:]}",
            f"{prefix}:?{name[1:]}",
        )
        return self.choice((*patterns, "*"))

    def other_action(self) -> str:
        prefix, name = self.case_.action.split(":")
        return self.choice(
            (
                "s3:GetBucketAcl",
                "iam:Create*",
                f"{prefix}:{name}s",
                f"{prefix}:Zap*",
                f"{prefix}:{name[:-1]}",
                "ec2:Run*",
            )
        )

    def resource(self) -> str:
        arn = self.case_.resource
        if arn == "*":
            return "*"
        head, tail = arn[: len(arn) - 4], arn.split(":", 5)[5]
        prefix = arn[: len(arn) - len(tail)]
        team = self.case_.principal_tags.get("team")
        patterns = [arn, arn, f"{head}*", f"{head}????", f"{prefix}*", "*", f"{prefix}{tail[0]}*{tail[-1]}"]
        if team and f"/{team}" in arn:
            patterns.append(arn.replace(team, "${aws:PrincipalTag/team}"))
        if ":111122223333:" in arn and self.case_.kind in ("role", "user"):
            patterns.append(arn.replace(OURS, "${aws:PrincipalAccount}"))
        return self.choice(patterns)

    def other_resource(self) -> str:
        return self.choice((*self.others, self.case_.resource[:-1] if len(self.case_.resource) > 1 else self.others[0]))

    def principals(self, *, is_deny: bool) -> dict[str, Any]:
        case = self.case_
        if self.chance(0.06) and is_deny and case.kind in ("role", "user", "root"):
            forms = [case.principal, f"arn:aws:iam::{OURS}:root", *([session_arn(case)] if case.kind == "role" else [])]
            return {"NotPrincipal": {"AWS": forms if self.chance(0.6) else [f"arn:aws:iam::{THEIRS}:root"]}}
        if self.chance(0.2):
            return {"Principal": "*" if self.chance(0.5) else {"AWS": "*"}}
        if self.chance(0.15):
            return {
                "Principal": self.choice(
                    (
                        {"AWS": f"arn:aws:iam::{THEIRS}:root"},
                        {"Service": "backup.amazonaws.com"},
                        {"AWS": f"arn:aws:iam::{OURS}:role/other"},
                    )
                )
            }
        if case.kind == "service":
            return {"Principal": {"Service": [case.principal, "backup.amazonaws.com"]}}
        if case.kind == "federated":
            return {"Principal": {"Federated": case.principal}}
        forms = [
            case.principal,
            OURS,
            f"arn:aws:iam::{OURS}:root",
            *([session_arn(case)] * 2 if case.kind == "role" else []),
        ]
        one = "*" if case.kind == "anonymous" else self.choice(forms)
        return {"Principal": {"AWS": one if self.chance(0.7) else [f"arn:aws:iam::{THEIRS}:root", one]}}

    def conditions(self, *, is_deny: bool) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for _ in range(self.choice((0, 0, 0, 1, 1, 2) if not is_deny else (1, 1, 1, 2, 3))):
            operator, key, values = self.condition()
            found.setdefault(operator, {})[key] = values
        return found

    def condition(self) -> tuple[str, str, str | list[str]]:
        present = dict(self.present())
        is_present = bool(present) and self.chance(0.85)
        key = self.choice(list(present)) if is_present else self.choice((*ABSENT, *COMMON))
        if self.chance(0.12):
            return "Null", self.cased(key), self.choice(("true", "false"))
        type_ = TYPES.get(key.lower(), "String")
        operator = self.choice(OPERATORS[type_])
        wanted = [self.value(present.get(key, []), type_, operator) for _ in range(self.choice((1, 1, 2, 3)))]
        if key.lower() in MULTIVALUED or self.chance(0.03):
            operator = f"{self.choice(('ForAllValues', 'ForAnyValue'))}:{operator}"
        if self.chance(0.2):
            operator += "IfExists"
        return operator, self.cased(key), wanted[0] if len(wanted) == 1 and self.chance(0.5) else wanted

    def present(self) -> Iterator[tuple[str, list[str]]]:
        case = self.case_
        yield from case.context.items()
        yield from ((f"aws:ResourceTag/{key}", [value]) for key, value in case.resource_tags.items())
        yield from ((f"aws:PrincipalTag/{key}", [value]) for key, value in case.principal_tags.items())
        yield "aws:ResourceAccount", [case.account]
        yield "aws:PrincipalIsAWSService", ["true" if case.kind == "service" else "false"]
        if case.kind in ("role", "user", "root"):
            yield "aws:PrincipalArn", [case.principal]
            yield "aws:PrincipalAccount", [OURS]

    def cased(self, key: str) -> str:
        """*key*, sometimes in another case: keys ignore case, but the name of a tag is left as it is."""
        return key.upper() if "/" not in key and self.chance(0.05) else key

    def value(self, found: list[str], type_: str, operator: str) -> str:
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
