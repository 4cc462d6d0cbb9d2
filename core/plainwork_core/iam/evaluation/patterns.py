"""Matching of a pattern with a text of which parts may be unknown.

Both are encoded: an unknown part becomes a token, the same for two parts with the same reference. So
`${aws_s3_bucket.data.arn}/*` matches `${aws_s3_bucket.data.arn}/report.csv`, whatever the ARN is, and does not match
`${aws_s3_bucket.logs.arn}/report.csv`. Two other references may be the same text.
"""

from __future__ import annotations

from plainwork_core.iam.evaluation.distinct import are_distinct
from plainwork_core.iam.overlap import overlap
from plainwork_core.iam.statement import Text
from plainwork_core.model.rendering import quote
from plainwork_core.model.ternary import Ternary, all_of
from plainwork_core.model.values import PartialString, Unknown
from plainwork_core.wildcards import matches

LITERAL = str.maketrans({"*": "\ue000", "?": "\ue001", "$": "\ue002"})
"""Text that is no pattern, as it is in a pattern: `${*}`, `${?}` and `${$}`."""
_FIRST_TOKEN, _LAST_TOKEN = 0xE010, 0xF8FF  # in the private use area of Unicode
_LENGTH = 40  # of a token: no pattern has as many `?`
_ARN_PARTS = 6


def match_text(pattern: Text, text: Text) -> Ternary:
    """Return whether *pattern* matches *text*, in which `*` and `?` are literal."""
    encoding = _Encoding()
    return _match(encoding.pattern(pattern), encoding.text(text), encoding, _reason(pattern, text))


def match_arn(pattern: Text, arn: Text) -> Ternary:
    """Return whether *pattern* matches *arn*, part by part: a wildcard does not match the `:` between the parts.

    The last part of *pattern* may match more than one part of *arn*. Of a wildcard at the end of another part, the page
    says that it may match the next parts, too; then the answer is unknown.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """
    encoding = _Encoding()
    mine, theirs = encoding.pattern(pattern), encoding.text(arn)
    why = _reason(pattern, arn)
    whole = _match(mine, theirs, encoding, why)
    if whole is False or mine.strip("*") == "":
        return whole
    wanted = mine.split(":", _ARN_PARTS - 1)
    found = theirs.split(":", len(wanted) - 1)
    if not mine.startswith("arn:") or len(wanted) != len(found):
        return whole
    by_part = all_of(_match(*pair, encoding, why) for pair in zip(wanted, found, strict=True))
    if by_part is not False or whole is not True or not any(part.endswith("*") for part in wanted[:-1]):
        return by_part
    return Unknown(f"`{quote(pattern)}` has a wildcard at the end of a part, which may match the next parts of an ARN")


def equal_text(wanted: Text, text: Text) -> Ternary:
    """Return whether two texts are equal; in both, `*` and `?` are literal."""
    if isinstance(wanted, str) and isinstance(text, str):
        return wanted.translate(LITERAL) == text.translate(LITERAL)
    encoding = _Encoding()
    return _match(encoding.text(wanted), encoding.text(text), encoding, _reason(wanted, text))


class _Encoding:
    """Encodes the texts of one comparison."""

    def __init__(self) -> None:
        self.tokens: dict[object, str] = {}

    def pattern(self, text: Text) -> str:
        """Return *text* with a token for each unknown part."""
        return "".join(part if isinstance(part, str) else self._token(part) for part in _parts(text))

    def text(self, text: Text) -> str:
        """Return *text* with a token for each unknown part; its wildcards are literal."""
        return "".join(part.translate(LITERAL) if isinstance(part, str) else self._token(part) for part in _parts(text))

    def _token(self, part: Unknown) -> str:
        key: object = part.references if len(part.references) == 1 and not part.is_derived else id(part)
        return self.tokens.setdefault(key, chr(_FIRST_TOKEN + len(self.tokens)) * _LENGTH)

    def opened(self, text: str) -> str:
        """Return *text* with `*` in place of each token."""
        for token in self.tokens.values():
            text = text.replace(token, "*")
        return text

    def are_distinct(self, one: str, other: str) -> bool:
        """Return whether all tokens of *one* and of *other* are of different resources."""
        mine, theirs = (self._references(text) for text in (one, other))
        pairs = [(left, right) for left in mine for right in theirs]
        return bool(pairs) and all(are_distinct(*pair) for pair in pairs)

    def _references(self, text: str) -> list[str]:
        found = [key for key, token in self.tokens.items() if token in text]
        return [key[0] if isinstance(key, tuple) else "" for key in found]


def _match(pattern: str, text: str, encoding: _Encoding, why: Unknown | None) -> Ternary:
    if matches(pattern, text):
        return True
    if why is None or not encoding.tokens:
        return False
    length = _same_length(pattern, text)
    ends = _same_length(pattern[length:][::-1], text[length:][::-1])
    mine, theirs = (one[length : len(one) - ends] for one in (pattern, text))
    if not encoding.are_distinct(mine, theirs):
        mine, theirs = encoding.opened(mine), encoding.opened(theirs)
    return why if overlap(mine, theirs) else False


def _same_length(pattern: str, text: str) -> int:
    """Return how many characters both begin with, up to the first wildcard of *pattern* and to whole tokens."""
    pairs = enumerate(zip(pattern, text, strict=False))
    length = next((index for index, (one, other) in pairs if one != other or one in "*?"), min(len(pattern), len(text)))
    while length and _is_token(pattern[length - 1]) and _inside(pattern, length):
        length -= 1
    return length


def _inside(text: str, index: int) -> bool:
    return index < len(text) and text[index] == text[index - 1]


def _is_token(letter: str) -> bool:
    return _FIRST_TOKEN <= ord(letter) <= _LAST_TOKEN


def _parts(text: Text) -> tuple[str | Unknown, ...]:
    return text.parts if isinstance(text, PartialString) else (text,)


def _reason(*texts: Text) -> Unknown | None:
    """Return the first unknown part of *texts*, whose reason is that of an answer that depends on it."""
    parts = (part for text in texts for part in _parts(text))
    return next((part for part in parts if isinstance(part, Unknown)), None)
