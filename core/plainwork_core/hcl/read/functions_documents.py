"""Terraform's functions on documents in CSV and YAML.

See https://developer.hashicorp.com/terraform/language/functions/csvdecode and its neighbors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.hcl.read.conversions import to_text
from plainwork_core.hcl.read.errors import Rejected
from plainwork_core.hcl.read.signature import Function, any_value
from plainwork_core.hcl.read.yaml_reader import read_yaml
from plainwork_core.hcl.read.yaml_writer import write_yaml
from plainwork_core.model.values import Value

_FIELD = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)')


def _csvdecode(text: str) -> list[Value]:
    rows = _rows(text.replace("\r\n", "\n").removesuffix("\r"))
    header = next(rows, None)
    if header is None:
        raise Rejected("the text has no header")
    if len(set(header)) < len(header):
        raise Rejected("two columns have the same name")
    found: list[Value] = []
    for row in rows:
        if len(row) != len(header):
            raise Rejected(f"a row has {len(row)} fields, and the header has {len(header)}")
        found.append(dict(sorted(zip(header, row, strict=True))))
    return found


def _rows(text: str) -> Iterator[list[str]]:
    """Yield the rows of CSV that are not empty."""
    position, row = 0, list[str]()
    while position < len(text):
        if not row and text.startswith("\n", position):
            position += 1
            continue
        field = _FIELD.match(text, position)
        if not field:
            raise Rejected("a quotation mark in the text is not of a whole field")
        position = field.end()
        row.append(field[2] if field[1] is None else field[1].replace('""', '"'))
        if field[3] == "," and position == len(text):
            row.append("")
        if field[3] != "," or position == len(text):
            yield row
            row = []


FUNCTIONS = {
    "csvdecode": Function(_csvdecode, (to_text,)),
    "yamldecode": Function(read_yaml, (to_text,)),
    "yamlencode": Function(write_yaml, (any_value,)),
}
