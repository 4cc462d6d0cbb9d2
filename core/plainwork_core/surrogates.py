"""Half surrogate pairs in JSON: Terraform reads them as U+FFFD, and UTF-8 cannot encode what Python reads.

https://pkg.go.dev/encoding/json#Unmarshal is the reader of Terraform.
"""

from __future__ import annotations

import re

_HIGH, _LOW = r"u[dD][89abAB][0-9a-fA-F]{2}", r"u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPE = re.compile(rf"\\(?:(?P<other>\\|{_HIGH}\\{_LOW})|{_HIGH}|{_LOW})")


def without_half_pairs(text: str) -> str:
    r"""Return the JSON *text* with `\ufffd` in place of each escape of half a surrogate pair."""
    if "\\u" not in text:
        return text
    return _ESCAPE.sub(lambda match: match[0] if match["other"] else r"\ufffd", text)
