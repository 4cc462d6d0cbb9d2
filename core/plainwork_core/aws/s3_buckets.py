"""Names of S3 general purpose buckets.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
"""

from __future__ import annotations

import re

BUCKET_NAME = re.compile(r"(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
"""The form of a name, reserved or not."""

RESERVED_PREFIXES = ("xn--", "sthree-", "amzn-s3-demo-")
RESERVED_SUFFIXES = ("-s3alias", "--ol-s3", "--x-s3", "--table-s3")
NAMESPACE_SUFFIX = "-an"
"""The end of the names in the namespace of an account and Region."""

_IP_ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+")
_INVALID = re.compile(r"[^a-z0-9.-]")


def bucket_name_problem(name: str) -> str:
    """Return the rule that the name of a bucket breaks, as the end of a sentence; `""` if it breaks none."""
    if character := invalid_character(name):
        return f"contains `{character}`; use lowercase letters, digits, hyphens and periods"
    if not BUCKET_NAME.fullmatch(name):
        return "must have 3 to 63 characters, begin and end with a letter or digit, and have no two adjacent periods"
    if _IP_ADDRESS.fullmatch(name):
        return "has the form of an IP address"
    for part in (*RESERVED_PREFIXES, ".mrap", *RESERVED_SUFFIXES):
        if name.startswith(part) if part in RESERVED_PREFIXES else name.endswith(part):
            return f"has `{part}`, which AWS reserves"
    return ""


def invalid_character(text: str) -> str:
    """Return the first character of *text* that no name has; `""` if there is none."""
    found = _INVALID.search(text)
    return found[0] if found else ""
