"""IAM wildcards: `*` matches any text, `?` any one character.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html: names of actions ignore case;
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html: ARNs do not.
"""

from __future__ import annotations

import re
from functools import lru_cache


def matches(pattern: str, text: str) -> bool:
    """Tell whether *pattern* matches *text* with its case; fold the case of both if it is not significant."""
    return _compiled(pattern).fullmatch(text) is not None


def is_any(pattern: str) -> bool:
    """Tell whether *pattern* matches every text that is not empty: `*`, the useless `**`, and `?*`."""
    return "*" in pattern and pattern.count("?") <= 1 and not pattern.strip("*?")


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = {"*": ".*", "?": "."}
    return re.compile("".join(parts.get(character) or re.escape(character) for character in pattern), re.DOTALL)
