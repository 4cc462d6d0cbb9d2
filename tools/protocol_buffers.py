"""The part of protocol buffers that the plugin protocol of Terraform requires: numbers, texts and messages.

Encoding: https://protobuf.dev/programming-guides/encoding/.
"""

from __future__ import annotations

from collections.abc import Iterator

_VARINT, _LENGTH = 0, 2
"""The kinds of fields."""
_BITS, _MORE = 7, 0x80


def text(number: int, value: str) -> bytes:
    """Return a field with a text."""
    return message(number, value.encode())


def message(number: int, value: bytes) -> bytes:
    """Return a field with a message or bytes."""
    return _varint(number << 3 | _LENGTH) + _varint(len(value)) + value


def messages(content: bytes, number: int) -> Iterator[bytes]:
    """Yield the texts, messages or bytes in the fields *number*."""
    return (value for field, value in _fields(content) if field == number and isinstance(value, bytes))


def numbers(content: bytes, number: int) -> Iterator[int]:
    """Yield the numbers in the fields *number*."""
    return (value for field, value in _fields(content) if field == number and isinstance(value, int))


def _fields(content: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(content):
        key, at = _read_varint(content, at)
        value, at = _read_varint(content, at)
        if key & 7 == _VARINT:
            yield key >> 3, value
        else:
            yield key >> 3, content[at : at + value]
            at += value


def _varint(number: int) -> bytes:
    content = b""
    while number >= _MORE:
        content += bytes([number % _MORE | _MORE])
        number >>= _BITS
    return content + bytes([number])


def _read_varint(content: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while content[at] >= _MORE:
        number |= content[at] % _MORE << shift
        at, shift = at + 1, shift + _BITS
    return number | content[at] << shift, at + 1
