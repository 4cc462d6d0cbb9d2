"""Terraform's functions that encode, decode and hash strings.

See https://developer.hashicorp.com/terraform/language/functions; of OpenTofu, `base64gunzip` and `urldecode`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from urllib.parse import quote_plus, unquote_to_bytes

from plainwork_core.hcl.read.budget import LARGEST_TEXT
from plainwork_core.hcl.read.conversions import to_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.signature import Function
from plainwork_core.hcl.syntax.literals import normal
from plainwork_core.model.values import Value

_ENCODINGS = {
    "UTF-8": "utf-8",
    "UTF-16LE": "utf-16-le",
    "UTF-16BE": "utf-16-be",
    "US-ASCII": "ascii",
    "ISO-8859-1": "iso-8859-1",
}
_BROKEN_ESCAPE = re.compile("%(?![0-9a-fA-F]{2})")
_NAMESPACES = {
    name: f"6ba7b81{digit}-9dad-11d1-80b4-00c04fd430c8"
    for name, digit in {"dns": 0, "url": 1, "oid": 2, "x500": 4}.items()
}


def to_base64(data: bytes) -> str:
    """Return *data* as Base64."""
    return base64.b64encode(data).decode()


def digest(algorithm: str, write: Callable[[bytes], str]) -> Callable[[bytes], str]:
    """Return the function that writes the hash of bytes."""
    return lambda data: write(hashlib.new(algorithm, data, usedforsecurity=False).digest())


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text.replace("\n", "").replace("\r", ""), validate=True)
    except (binascii.Error, ValueError):
        raise Rejected("the text is not Base64") from None


def _base64decode(text: str) -> str:
    return _decoded(_bytes(text), "utf-8")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return normal(data.decode(encoding))
    except UnicodeDecodeError:
        raise Rejected(f"the data is not {encoding.upper()}") from None


def _encoding(value: Value) -> str:
    name = to_text(value)
    if name.upper() not in _ENCODINGS:
        raise Unsupported(f"with the encoding `{name}`")
    return _ENCODINGS[name.upper()]


def _textencodebase64(text: str, encoding: str) -> str:
    try:
        return to_base64(text.encode(encoding))
    except UnicodeEncodeError:
        raise Rejected(f"{encoding.upper()} does not have all of these characters") from None


def _base64gunzip(text: str) -> str:
    import zlib  # noqa: PLC0415  rarely called

    unpack = zlib.decompressobj(wbits=31)
    try:
        data = unpack.decompress(_bytes(text), LARGEST_TEXT)
    except zlib.error:
        raise Rejected("the data is not compressed by gzip") from None
    if unpack.unconsumed_tail or not unpack.eof or unpack.unused_data:
        raise Unsupported(f"on more than one file, or beyond {LARGEST_TEXT:,} characters")
    return _decoded(data, "utf-8")


def _urldecode(text: str) -> str:
    if _BROKEN_ESCAPE.search(text):
        raise Rejected("a `%` is followed by no two hexadecimal digits")
    return _decoded(unquote_to_bytes(text.replace("+", " ")), "utf-8")


def _uuidv5(namespace: str, name: str) -> str:
    from uuid import UUID, uuid5  # noqa: PLC0415  rarely called, and slow to import

    try:
        return str(uuid5(UUID(_NAMESPACES.get(namespace, namespace)), name))
    except ValueError:
        raise Rejected(f"`{namespace}` is no UUID, and not dns, url, oid or x500") from None


def _hash(algorithm: str, write: Callable[[bytes], str]) -> Function:
    write_digest = digest(algorithm, write)
    return Function(lambda text: write_digest(text.encode()), (to_text,))


FUNCTIONS = {
    "base64decode": Function(_base64decode, (to_text,)),
    "base64encode": Function(lambda text: to_base64(text.encode()), (to_text,)),
    "base64gunzip": Function(_base64gunzip, (to_text,)),
    "base64sha256": _hash("sha256", to_base64),
    "base64sha512": _hash("sha512", to_base64),
    "md5": _hash("md5", bytes.hex),
    "sha1": _hash("sha1", bytes.hex),
    "sha256": _hash("sha256", bytes.hex),
    "sha512": _hash("sha512", bytes.hex),
    "textdecodebase64": Function(lambda text, encoding: _decoded(_bytes(text), encoding), (to_text, _encoding)),
    "textencodebase64": Function(_textencodebase64, (to_text, _encoding)),
    "urldecode": Function(_urldecode, (to_text,)),
    "urlencode": Function(quote_plus, (to_text,)),
    "uuidv5": Function(_uuidv5, (to_text, to_text)),
}
