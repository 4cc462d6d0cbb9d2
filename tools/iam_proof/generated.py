"""Generated cases: a seed gives the same case on every machine.

A policy is made for the request of its case: most of its patterns, principals and values match, so that one element
that does not decides.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from tools.iam_proof.case import FULL_ACCESS, MULTIVALUED, Case, Json, session_arn
from tools.iam_proof.generated_conditions import Chances, Conditions
from tools.iam_proof.requests import (
    ALWAYS,
    COMMON,
    OURS,
    PROVIDER,
    ROLES,
    SERVICES,
    TAGS,
    TARGETS,
    THEIRS,
    TRUST,
    WEB_IDENTITY,
    Target,
)


def generated(seed: int) -> Case:
    """Return the case of *seed*."""
    return _Generator(Random(seed)).case()  # noqa: S311  it makes no secret


class _Generator(Chances):
    """Makes one case from a source of random numbers."""

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
        if conditions := Conditions(self.random, self.case_).conditions(is_deny=is_deny):
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
