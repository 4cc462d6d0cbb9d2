"""Conditions that are compared: whether one is stricter than another.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import ip_network

from plainwork_core.access.patterns import Pattern, Resolve, includes, is_partly_unknown, pattern_of
from plainwork_core.frozen import frozen
from plainwork_core.iam.condition_operators import operator_of
from plainwork_core.iam.statement import Condition
from plainwork_core.model.rendering import quote
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration

_LITERAL, _LIKE = ("stringequals",), ("stringlike", "arnlike", "arnequals")
_SIGNS = {
    "numericlessthan": "<",
    "numericlessthanequals": "<=",
    "numericgreaterthan": ">",
    "numericgreaterthanequals": ">=",
    "datelessthan": "before",
    "datelessthanequals": "until",
    "dategreaterthan": "after",
    "dategreaterthanequals": "from",
}
_MOST_VALUES = 4


@frozen(slots=True)
class Limit:
    """One condition.

    Args:
        operator: without `IfExists` and set operator, in lower case.
        set_operator: `forallvalues`, `foranyvalue` or `""`.
        if_exists: whether a request without the key meets it.
        key: in lower case.
        values: the texts of the values, sorted.
        shown: for people: `aws:SourceVpce is vpce-1`.
    """

    operator: str
    set_operator: str
    if_exists: bool
    key: str
    values: tuple[str, ...]
    shown: str

    @property
    def identity(self) -> tuple[object, ...]:
        """What two equal conditions have in common."""
        return self.operator, self.set_operator, self.if_exists, self.key, self.values

    @property
    def is_partly_unknown(self) -> bool:
        """Whether a part of it is unknown."""
        return any(map(is_partly_unknown, (self.operator, self.key, *self.values)))


def limits_of(conditions: Iterable[Condition], resolve: Resolve) -> tuple[Limit, ...]:
    """Return *conditions* in a form that is compared, in the order of their keys."""
    found = [_limit(condition, resolve) for condition in conditions]
    return tuple(sorted(found, key=lambda limit: (limit.key, limit.operator, limit.values)))


def _limit(condition: Condition, resolve: Resolve) -> Limit:
    key = pattern_of(condition.key, resolve)
    values = tuple(pattern_of(value, resolve) for value in condition.values)
    operator = operator_of(condition)
    texts = tuple(sorted(value.text for value in values))
    if isinstance(operator, Unknown):
        name = pattern_of(operator, resolve).text
        return Limit(name, "", if_exists=False, key=key.text.lower(), values=texts, shown=_shown_unknown(condition))
    shown = _shown(key.shown, operator.name, values)
    sets = {"forallvalues": "each ", "foranyvalue": "some "}.get(operator.set_operator, "")
    return Limit(
        operator.name,
        operator.set_operator,
        operator.if_exists,
        key.text.lower(),
        texts,
        f"{sets}{shown}{' or absent' if operator.if_exists else ''}",
    )


def _shown_unknown(condition: Condition) -> str:
    return f"{quote(condition.key)} {quote(condition.operator)}"


def _shown(key: str, operator: str, values: Sequence[Pattern]) -> str:
    if operator == "null":
        is_absent = any(value.text.lower() == "true" for value in values)
        return f"{key} is {'absent' if is_absent else 'present'}"
    words = [value.shown for value in values[:_MOST_VALUES]]
    more = f" and {len(values) - _MOST_VALUES} more" if len(values) > _MOST_VALUES else ""
    conjunction = "nor" if "not" in operator else "or"
    listed = ", ".join(words) + more if more else enumeration(words, conjunction, mark="")
    return f"{key} {_SIGNS.get(operator, 'is not' if 'not' in operator else 'is')} {listed}"


def are_stricter(limits: Sequence[Limit], others: Sequence[Limit]) -> bool | None:
    """Return whether each request that meets all *limits* meets all *others*; `None` if unknown parts decide."""
    answer: bool | None = True
    for other in others:
        found = [_is_stricter(limit, other) for limit in limits]
        if True in found:
            continue
        if None not in found and not other.is_partly_unknown:
            return False
        answer = None
    return answer


def _is_stricter(limit: Limit, other: Limit) -> bool | None:
    if limit.identity == other.identity:
        return True
    if limit.is_partly_unknown and is_partly_unknown(limit.key + limit.operator):
        return None
    if limit.key != other.key or limit.set_operator != other.set_operator:
        return False
    if limit.if_exists and not other.if_exists:
        return False
    return _has_fewer_values(limit, other)


def _has_fewer_values(limit: Limit, other: Limit) -> bool | None:
    if limit.operator == other.operator:
        narrow, wide = (other, limit) if "not" in limit.operator else (limit, other)
    elif limit.operator in _LITERAL and other.operator in _LIKE:
        narrow, wide = limit, other
    else:
        return False
    found = [_covers(wide, value) for value in narrow.values]
    return False if False in found else None if None in found else True


def _covers(limit: Limit, value: str) -> bool | None:
    answers = [_matches(limit.operator, mine, value) for mine in limit.values]
    return True if True in answers else None if None in answers else False


def _matches(operator: str, mine: str, value: str) -> bool | None:
    if mine == value:
        return True
    if is_partly_unknown(mine + value):
        return None
    if operator.endswith("ipaddress"):
        return _is_in_range(value, mine)
    return ("like" in operator or operator.startswith("arn")) and includes(mine, value)


def _is_in_range(value: str, other: str) -> bool:
    try:
        narrow, wide = ip_network(value, strict=False), ip_network(other, strict=False)
    except ValueError:
        return False
    return narrow.version == wide.version and narrow.subnet_of(wide)  # type: ignore[arg-type]  # of one version
