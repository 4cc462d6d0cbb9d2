"""Rules for the key of a Terraform state in the S3 backend.

https://developer.hashicorp.com/terraform/language/backend/s3#key
"""

from __future__ import annotations

import re

VERSION_WORDS = ("final", "latest", "copy", "new", "old", "bak", "orig", "tmp", "temp")
"""Words that mark a version of a state. The bucket keeps earlier versions of an object."""

_VERSION_WORD = re.compile(
    rf"(?:^|[/._ -])(?P<word>{'|'.join(VERSION_WORDS)})(?:[._ -]*v?[0-9]+)?(?=/|$)", re.IGNORECASE
)
_SUFFIX = ".tfstate"


def version_word(key: str) -> str | None:
    """Return the first word of `VERSION_WORDS` that ends a segment of *key*, with or without a number after it.

    `prod/web-old2.tfstate` and `tmp/web.tfstate` have one; `prod/new-york.tfstate` and `prod/api-v2.tfstate` do not.
    """
    found = _VERSION_WORD.search(key.removesuffix(_SUFFIX))
    return found["word"] if found else None


def slash_error(key: str) -> str | None:
    """Return why Terraform rejects the slashes of *key*; `None` if it accepts them."""
    if key.startswith("/"):
        return "begins with a slash"
    if key.endswith("/"):
        return "ends with a slash"
    return "has an empty part (`//`)" if "//" in key else None
