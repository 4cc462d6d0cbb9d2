"""Terraform's functions on strings.

See https://developer.hashicorp.com/terraform/language/functions.
"""

from __future__ import annotations

from itertools import chain

from plainwork_core.hcl.read.budget import LARGEST_TEXT
from plainwork_core.hcl.read.characters import BLANKS, graphemes, lower, title, upper
from plainwork_core.hcl.read.conversions import to_int64, to_list, to_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.gaps import Part, joined_or_only
from plainwork_core.hcl.read.partial_strings import by_character, ends, has, starts, tested, trimmed, with_known
from plainwork_core.hcl.read.references import Scope
from plainwork_core.hcl.read.signature import Function, any_value
from plainwork_core.model.values import PartialString, Unknown, Value, merged


def _limit(characters: int) -> None:
    if characters > LARGEST_TEXT:
        raise Unsupported(f"beyond {LARGEST_TEXT:,} characters")


def _strrev(text: str) -> str:
    return "".join(reversed(graphemes(text)))


def _substr(text: str, offset: int, length: int) -> str:
    clusters = graphemes(text)
    start = offset if offset >= 0 else max(len(clusters) + offset, 0)
    goes_on = length < 0 or (length == 0 and offset < 0)  # with a length of zero, Terraform does that
    return "".join(clusters[start:] if goes_on else clusters[start : start + length])


def _replace(scope: Scope, text: Value, old: Value, new: Value) -> Value:
    hidden = [value for value in (text, old, new) if isinstance(value, Unknown)]
    if isinstance(text, PartialString) and len(hidden) == 1 and len(to_text(old)) == 1:
        return with_known(text, lambda part: _replaced(scope, part, to_text(old), to_text(new)))
    return merged(hidden) if hidden else _replaced(scope, to_text(text), to_text(old), to_text(new))


def _replaced(scope: Scope, text: str, old: str, new: str) -> str:
    if len(old) > 1 and old.startswith("/") and old.endswith("/"):
        from plainwork_core.hcl.read.functions_regex import replaced  # noqa: PLC0415  most texts are replaced as they are

        return replaced(scope, text, old[1:-1], new)
    _limit(len(text) + text.count(old) * len(new))
    return text.replace(old, new)


def _trim(text: str, cutset: str) -> str:
    return text.strip(cutset) if cutset else text


def _split(separator: str, text: str) -> list[str]:
    return text.split(separator) if separator else list(text)


def _join(separator: str, *lists: list[Part]) -> Value:
    texts = list(chain.from_iterable(lists))
    _limit(sum(len(text) for text in texts if isinstance(text, str)) + len(separator) * len(texts))
    return joined_or_only([part for text in texts for part in (separator, text)][1:])


def _parts(value: Value) -> list[Part]:
    return [member if isinstance(member, Unknown) else to_text(member) for member in to_list(value)]


def _indent(spaces: int, text: str) -> str:
    if spaces < 0:
        raise Rejected("the number of spaces is negative")
    _limit(len(text) + spaces * text.count("\n"))
    return text.replace("\n", "\n" + " " * spaces)


def _format(pattern: Value, *arguments: Value) -> Value:
    from plainwork_core.hcl.read.formats import formatted  # noqa: PLC0415  many a configuration formats nothing

    return pattern if isinstance(pattern, Unknown) else joined_or_only(formatted(to_text(pattern), list(arguments)))


def _formatlist(pattern: Value, *arguments: Value) -> Value:
    if hidden := [argument for argument in (pattern, *arguments) if isinstance(argument, Unknown)]:
        return merged(hidden)
    lengths = {len(argument) for argument in arguments if isinstance(argument, list)} or {1}
    if len(lengths) > 1:
        raise Rejected("the lists are of different lengths")
    if None in arguments:
        raise Unsupported("on null")
    [length] = lengths
    rows = (
        [argument[index] if isinstance(argument, list) else argument for argument in arguments]
        for index in range(length)
    )
    return [_format(pattern, *row) for row in rows]


FUNCTIONS = {
    "chomp": Function(lambda text: text.rstrip("\r\n"), (to_text,)),
    "endswith": tested(str.endswith, ends),
    "format": Function(_format, (any_value,), rest=any_value, whole=True),
    "formatlist": Function(_formatlist, (any_value,), rest=any_value, whole=True),
    "indent": Function(_indent, (to_int64, to_text)),
    "join": Function(_join, (to_text,), rest=_parts, partial=True),
    "lower": by_character(lower),
    "replace": Function(_replace, (any_value, any_value, any_value), whole=True, in_scope=True),
    "split": Function(_split, (to_text, to_text)),
    "startswith": tested(str.startswith, starts),
    "strcontains": tested(lambda text, part: part in text, has),
    "strrev": Function(_strrev, (to_text,)),
    "substr": Function(_substr, (to_text, to_int64, to_int64)),
    "title": Function(title, (to_text,)),
    "trim": Function(_trim, (to_text, to_text)),
    "trimprefix": trimmed(str.removeprefix, starts, 0),
    "trimspace": Function(lambda text: text.strip(BLANKS), (to_text,)),
    "trimsuffix": trimmed(str.removesuffix, ends, -1),
    "upper": by_character(upper),
}
