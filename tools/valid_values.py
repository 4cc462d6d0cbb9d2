"""Values that a provider accepts, from what it reports about others, for `tools/replacing_values.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.provider_plugin import Names

_CHOICES = re.compile(
    r"expected (?P<schema>\S+) to be one of \[(?P<quoted>.*?)\]"
    r"|Valid Values: \[(?P<valid>.*?)\]"
    r"|ttribute (?P<attribute>\S+) (?:value must be one of:|is not a valid enum value. Valid values\b\D*?)"
    r" \[(?P<of>.*?)\]",
    re.DOTALL,
)
"""The argument and the values that an error message names."""
_PLACE = re.compile(r"Path: ([^\n]+)")
VERSIONS = ("2.0.0", "1.0.0", "3.0.0")
NAMED = {
    "version": VERSIONS,
    "availability_zone": ("eu-west-1a", "eu-west-1b", "eu-west-1c"),
    "region_name": ("eu-west-1", "eu-west-2", "eu-west-3"),
}
"""Values of arguments by a part of their name."""
_FORMS = {
    "ARN": ("arn:aws:iam::123456789012:role/a", "arn:aws:iam::123456789012:role/b"),
    "JSON": ("{}", '{"a": "b"}'),
    "RFC3339": ("2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z"),
    "ddd:hh24:mi": ("mon:10:00-mon:14:00", "tue:10:00-tue:14:00"),
    "CIDR": ("10.0.0.0/16", "10.1.0.0/16"),
    "IP": ("10.0.0.1", "10.0.0.2"),
    "boolean": ("true", "false"),
    "ersion": VERSIONS,
}
"""Values of the forms that error messages name."""
FORMS = (('[{"name": "a", "image": "a"}]', '[{"name": "b", "image": "b"}]'), *_FORMS.values())
"""Values for an argument whose other values the provider takes for the same."""
_MOST = 5
_INDEX = re.compile(r"\[(?:Value\(.*?\)|[^\]]*)\]")
"""The key of a list or set in a path: `[0]`, `[Value({"name":"a"})]`."""


class ValidValues:
    """The valid values of the texts of one resource type."""

    def __init__(self) -> None:
        self._choices: dict[Names, tuple[str, ...]] = {}

    def __getitem__(self, path: Names) -> tuple[str, ...]:
        return self._choices.get(path, ())

    def __iter__(self) -> Iterator[tuple[Names, tuple[str, ...]]]:
        return iter(tuple(self._choices.items()))

    def learn(self, path: Names, text: str) -> bool:
        """Keep the values that an error names, or those of the form that it names; return whether they are new."""
        if place := _PLACE.search(text):
            path = _names(place[1])
        if found := _CHOICES.search(text):
            named = _names(found["schema"] or found["attribute"] or "") or path
            path = path if path[-1:] == named[-1:] else (*path[:-1], *named)
            quoted = re.findall(r'"([^"]*)"', found["quoted"] or found["of"] or "")
            values = tuple(quoted) or tuple((found["valid"] or found["of"] or "").split())
        else:
            values = next((form for words, form in _FORMS.items() if words in text), ())
        is_new = bool(path and values) and path not in self._choices
        if is_new:
            self._choices[path] = values[:_MOST]
        return is_new


def _names(path: str) -> Names:
    return tuple(name for name in _INDEX.sub("", path).split(".") if name and not name.isdigit())
