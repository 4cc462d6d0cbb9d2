"""An argument: its path, its value, and the findings about it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, TypeVar, overload

from plainwork_core.aws.provider_defaults import provider_default
from plainwork_core.model.connections import resolve_reference
from plainwork_core.model.conversion import as_bool, as_number, as_string, type_name
from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.references import names_attribute
from plainwork_core.model.values import PartialString, Unknown, Value
from plainwork_policies.engine.finding import Finding, fail
from plainwork_policies.engine.fixes import Fix
from plainwork_policies.engine.severity import Severity
from plainwork_policies.reading.members import Entries, Members

if TYPE_CHECKING:
    from plainwork_policies.reading.block import Block, Resource

T = TypeVar("T")
_Bool = bool  # inside the class, `bool` is the method
_REQUIRED: Any = object()
_OWN_VALUE: Any = object()


class Argument:
    """An argument of a block. It is not a value: read it with `.string()`, `.bool()`, ...

    A read of an unknown or wrongly typed value raises `NotEvaluated`, which becomes the result of the policy. An
    argument that is null is not set. One that is not set has the default of the read, or the provider's default
    (`plainwork_core.aws.provider_defaults`); without either the read raises as well. Types convert as in Terraform.

    Attributes:
        block: the block around it.
        path: in the subject, such as `posix_user.0.uid`.
        raw: the value in the model, which may be `Unknown`. A pass must not depend on it.
    """

    __slots__ = ("block", "path", "raw")

    def __init__(self, block: Block, path: str, raw: Value) -> None:
        self.block, self.path, self.raw = block, path, raw

    def __bool__(self) -> bool:
        raise TypeError(f"`{self.path}` is an argument, not a value; use .bool(default=False) or .is_set")

    def __eq__(self, _other: object) -> bool:
        raise TypeError(f"`{self.path}` is an argument, not a value; use .string() == ...")

    __hash__ = None  # type: ignore[assignment]

    @property
    def is_configured(self) -> _Bool:
        """Whether the configuration has it, known or not. It never raises; a pass must not depend on it."""
        return self.raw is not None

    @property
    def is_set(self) -> _Bool:
        """Whether it has a value. A reference to an attribute of a resource counts as a value.

        It is for arguments. A plan has an empty list for a nested block that is not set: use `Block.block`.
        """
        if isinstance(self.raw, Unknown) and not isinstance(self.raw, PartialString) and not names_attribute(self.raw):
            raise self.not_evaluated(self.raw)
        return self.raw is not None

    @property
    def name(self) -> str:
        """The last name of the path, such as `uid` of `posix_user.0.uid` and `cidr_blocks` of `cidr_blocks.1`."""
        return next(step for step in reversed(self.path.split(".")) if not step.isdigit())

    @property
    def state(self) -> str:
        """The value as a message quotes it, such as `` `false` ``, or `not set`."""
        value = self.value()
        return "not set" if value is None else f"`{as_string(value) or json.dumps(value)}`"

    def value(self) -> Value:
        """Return the value, of any type; `None` if it is not set."""
        return self.resolve(self.raw)

    @overload
    def string(self) -> str: ...
    @overload
    def string(self, default: T) -> str | T: ...
    def string(self, default: Any = _REQUIRED) -> Any:
        """Return the string; a number or bool as text."""
        return self._typed("a string", as_string, default)

    @overload
    def number(self) -> int | float: ...
    @overload
    def number(self, default: T) -> int | float | T: ...
    def number(self, default: Any = _REQUIRED) -> Any:
        """Return the number, or the number that a string holds."""
        return self._typed("a number", as_number, default)

    @overload
    def bool(self) -> _Bool: ...
    @overload
    def bool(self, default: T) -> _Bool | T: ...
    def bool(self, default: Any = _REQUIRED) -> Any:
        """Return the bool, or the bool that a string holds."""
        return self._typed("a bool", as_bool, default)

    def strings(self) -> Members[str]:
        """Return the members of the list or set as text; none if it is not set."""
        return Members(
            self._list(), lambda index, value: self._member(index, value).string(), not_evaluated=self.not_evaluated
        )

    def certain_strings(self) -> list[str]:
        """Return the known strings of the list. It never raises; a pass must not depend on them."""
        return [member for member in self.raw if isinstance(member, str)] if isinstance(self.raw, list) else []

    def members(self) -> Members[Argument]:
        """Return the members of the list or set as arguments, each with its own path; none if it is not set.

        An unknown list is one member: in a plan, a set with one reference still has its `resource`.
        """
        found = self._list()
        return Members([found] if isinstance(found, Unknown) else found, self._member, not_evaluated=self.not_evaluated)

    def map(self) -> Entries[Argument]:
        """Return the map; an empty one if it is not set."""
        if self.raw is not None and not isinstance(self.raw, (dict, Unknown)):
            raise self._wrong_type("a map")
        return Entries(self.raw, self._entry, not_evaluated=self.not_evaluated)

    def resource(self, type_: str, attribute: str = "id") -> Resource:
        """Return the resource of *type_* in this stack that the argument refers to, by reference or by *attribute*."""
        if self.raw is None:
            raise self.not_evaluated(f"`{self.path}` is not set")
        found = resolve_reference(self.block.owner, self.raw, self.block.stack, type_, attribute)
        return self.block.view(self.resolve(found))

    def refers_to(self, type_: str, attribute: str = "id") -> _Bool:
        """Return whether it certainly refers to a resource of *type_* in this stack. It never raises."""
        try:
            self.resource(type_, attribute)
        except NotEvaluated:
            return False
        return True

    def starts_with(self, text: str) -> _Bool:
        """Return whether the string begins with *text*, if its known beginning decides."""
        if not isinstance(self.raw, PartialString) or not isinstance(start := self.raw.parts[0], str):
            return self.string("").startswith(text)
        if start.startswith(text) or not text.startswith(start):
            return start.startswith(text)
        raise self.not_evaluated(self.raw)

    def is_one_of(self, texts: Collection[str]) -> _Bool:
        """Return whether the string is one of *texts*, as far as its known parts decide; false if it is not set."""
        if isinstance(self.raw, PartialString):
            pattern = "".join(re.escape(part) if isinstance(part, str) else ".*" for part in self.raw.parts)
            texts = [text for text in texts if re.fullmatch(pattern, text, re.DOTALL)]
        return bool(texts) and self.string(default=None) in texts

    def fail(
        self,
        message: str,
        *,
        remedy: str,
        value: Value = _OWN_VALUE,
        severity: Severity | None = None,
        fix: Fix | None = None,
    ) -> Finding:
        """Make a failure of the argument; *value* is the value of the argument by default."""
        own = None if isinstance(self.raw, Unknown) else self.raw
        shown = own if value is _OWN_VALUE else value
        return fail(self.path, message, value=shown, remedy=remedy, severity=severity, fix=fix)

    def not_evaluated(self, because: Unknown | str, path: str = "") -> NotEvaluated:
        """Make the exception for an argument, or a part of it at *path*, that does not decide."""
        owner, at = self.block.owner, path or self.path
        return NotEvaluated(because, at, owner.address, owner.at(at))

    def resolve(self, result: T | Unknown) -> T:
        """Return *result*, which is worked out from the argument; raise `NotEvaluated` if it is unknown."""
        if isinstance(result, Unknown):
            raise self.not_evaluated(result)
        return result

    def _typed(self, name: str, convert: Callable[[Value], Any], default: Any) -> Any:
        raw = self.raw
        if raw is None:
            if default is not _REQUIRED:
                return default
            raw = provider_default(self.block.type, self.path)
        if raw is None:
            raise self.not_evaluated(f"`{self.path}` is not set")
        if (found := convert(self.resolve(raw))) is None:
            raise self._wrong_type(name)
        return found

    def _list(self) -> list[Value] | Unknown:
        if self.raw is None or isinstance(self.raw, (list, Unknown)):
            return [] if self.raw is None else self.raw
        raise self._wrong_type("a list")

    def _entry(self, key: str, value: Value) -> Argument:
        return Argument(self.block, f"{self.path}.{key}", value)

    def _member(self, index: int, value: Value) -> Argument:
        return Argument(self.block, self.path if value is self.raw else f"{self.path}.{index}", value)

    def _wrong_type(self, needed: str) -> NotEvaluated:
        return self.not_evaluated(f"`{self.path}` is {type_name(self.raw)}, not {needed}")
