"""Cases rewritten so that `@cloud-copilot/iam-simulate` answers by the page of AWS that settles a disagreement.

`settled.toml` states each fault of the package with that page. A correction writes what the page says in a
form that the package evaluates right; so a settled disagreement is compared, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network
from itertools import chain, combinations
from typing import Any

from plainwork_core.iam.statement import CURRENT_VERSION
from tools.iam_proof.case import Case, Json, context_of, session_arn

Document = dict[str, Any]
Correction = Callable[[Case], Case]
_VARIABLE = re.compile(r"\$\{([^*?$}{,][^}{,]*)\}")
_ALLOW_ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
_DENY_ALL = {"Version": CURRENT_VERSION, "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}


def _variables_of_2008(case: Case) -> Case:
    """Write `${$}`, the character `$`, so that the package finds no variable."""

    def literal(document: Document) -> Document:
        if document["Version"] == CURRENT_VERSION:
            return document
        changed: Document = json.loads(json.dumps(document).replace("${", "${$}{"))
        return changed

    return _with_documents(case, literal)


def _dates_in_seconds(case: Case) -> Case:
    """Write all dates in the form of ISO 8601."""

    def dated(document: Document) -> Document:
        for _, operator, keys in _conditions(document):
            if "Date" in operator:
                keys.update({key: [_iso(value) for value in _listed(values)] for key, values in keys.items()})
        return document

    context = {key: [_iso(value) for value in values] for key, values in case.context.items() if _is_date(key)}
    return replace(_with_documents(case, dated), context={**case.context, **context})


def _variables_without_a_value(case: Case) -> Case:
    """Omit the values of a negated operator that have such a variable."""
    present = {key.lower() for key in context_of(case)}

    def reduced(document: Document) -> Document:
        for statement, operator, keys in _conditions(document):
            for key, values in list(keys.items()):
                left = [value for value in _listed(values) if not _is_null(value, present)]
                if "Not" in operator and len(left) < len(_listed(values)):
                    keys[key] = left
                    if not left:
                        del keys[key]
            if not keys:
                del statement["Condition"][operator]
            if not statement["Condition"]:
                del statement["Condition"]
        return document

    return _with_documents(case, reduced)


def _address_ranges(case: Case) -> Case:
    """Write the two halves of all IPv4 addresses, and one address as a range."""

    def ranged(document: Document) -> Document:
        for _, operator, keys in _conditions(document):
            if "IpAddress" in operator:
                keys.update({key: [*chain(*map(_ranges, _listed(values)))] for key, values in keys.items()})
        return document

    return _with_documents(case, ranged)


def _session_policy_and_direct_grant(case: Case) -> Case:
    """Keep what a direct grant depends on: the grant itself, and all `Deny` statements."""
    if case.session is None or case.resource_policy is None or case.account != case.principal.split(":")[4]:
        return case
    direct = [session_arn(case), "*"]

    def is_direct(statement: Document) -> bool:
        principal = statement.get("Principal")
        named = _listed(principal["AWS"]) if isinstance(principal, dict) and "AWS" in principal else [principal]
        return statement["Effect"] == "Deny" or any(name in direct for name in named)

    granting = [statement for statement in case.resource_policy["Statement"] if is_direct(statement)]
    session = {**case.session, "Statement": [*_denying(case.session), _ALLOW_ALL]}
    identity = [{**document, "Statement": denying} for document in case.identity if (denying := _denying(document))]
    return replace(
        case,
        identity=identity,
        session=session,
        resource_policy={**case.resource_policy, "Statement": granting} if granting else None,
    )


def _root_user_and_roles(case: Case) -> Case:
    """Add a service control policy that denies the request."""
    return replace(case, scp=[[_DENY_ALL]]) if case.kind == "root" and case.is_trust else case


def _roles_by_name(case: Case) -> Case:
    """Rename a principal with the name of the role and another path."""
    end = f"/{case.principal.rpartition('/')[2]}"

    def renamed(document: Document) -> Document:
        for statement in document["Statement"]:
            principal = statement.get("Principal")
            if isinstance(principal, dict) and "AWS" in principal:
                names = _listed(principal["AWS"])
                principal["AWS"] = [
                    f"{name}-2" if ":role/" in name and name.endswith(end) and name != case.principal else name
                    for name in names
                ]
        return document

    return _with_documents(case, renamed) if case.kind == "role" else case


CORRECTIONS: Mapping[str, Correction] = {
    "address-ranges": _address_ranges,
    "dates-in-seconds": _dates_in_seconds,
    "roles-by-name": _roles_by_name,
    "root-user-and-roles": _root_user_and_roles,
    "session-policy-and-direct-grant": _session_policy_and_direct_grant,
    "variables-of-2008": _variables_of_2008,
    "variables-without-a-value": _variables_without_a_value,
}
"""By the ID in `settled.toml`."""


def corrected(case: Case) -> Iterator[tuple[tuple[str, ...], Case]]:
    """Yield each combination of the corrections that change *case*, the smallest first, with the changed case."""
    names = [name for name, correct in CORRECTIONS.items() if correct(case) != case]
    for size in range(1, len(names) + 1):
        for chosen in combinations(names, size):
            changed = case
            for name in chosen:
                changed = CORRECTIONS[name](changed)
            yield chosen, changed


def _with_documents(case: Case, change: Callable[[Document], Document]) -> Case:
    """*case* with each document changed; *change* gets a copy."""

    def changed(document: Json) -> Document:
        return change(json.loads(json.dumps(document)))

    single = ("boundary", "session", "resource_policy", "endpoint")
    found = {name: document and changed(document) for name in single for document in (getattr(case, name),)}
    levels = {name: [[*map(changed, level)] for level in getattr(case, name)] for name in ("scp", "rcp")}
    return replace(case, identity=[*map(changed, case.identity)], **found, **levels)


def _conditions(document: Document) -> Iterator[tuple[Document, str, dict[str, Any]]]:
    """Yield each operator of a document with its keys, and the statement; the caller may change them."""
    for statement in document["Statement"]:
        for operator, keys in list(statement.get("Condition", {}).items()):
            yield statement, operator, keys


def _denying(document: Json) -> list[Document]:
    return [statement for statement in document["Statement"] if statement["Effect"] == "Deny"]


def _listed(values: str | list[str]) -> list[str]:
    return values if isinstance(values, list) else [values]


def _ranges(text: str) -> list[str]:
    if text == "0.0.0.0/0":
        return ["0.0.0.0/1", "128.0.0.0/1"]
    return [text] if "/" in text else [str(ip_network(text))]


def _is_null(value: str, present: set[str]) -> bool:
    return any(name.lower() not in present for name in _VARIABLE.findall(value))


def _is_date(key: str) -> bool:
    return key.lower() == "aws:epochtime"


def _iso(text: str) -> str:
    return datetime.fromtimestamp(int(text), UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if text.isdigit() else text
