"""The new texts of the files of a run."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from plainwork_core.frozen import frozen
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.parser import parse
from plainwork_core.model.stack import Location
from plainwork_core.read.text import decode, read_bytes
from plainwork_policies.engine.fixes import AddDefaultTags, Fix, RenameTag
from plainwork_policies.engine.run_result import RunResult
from plainwork_policies.fix.edits import fixed
from plainwork_policies.report import Row, rows

_SUFFIXES = (".tf", ".tofu")
_INSTALLED = ".terraform"


@frozen()
class FixedFile:
    """A file, its text, and the text with the fixes; *number* is the number of fixes."""

    file: Path
    before: str
    after: str
    number: int


def fixed_files(run: RunResult) -> list[FixedFile]:
    """Return the files that the fixes of the failures of *run* change.

    A fix is omitted if it has no unique place in the text, or if the file is not native HCL in UTF-8 without a byte
    order mark, or belongs to an installed module.

    Raises:
        InputError: a file cannot be read.
    """
    fixes: dict[Path, set[tuple[int, Fix]]] = {}
    for row in (row for result in run.stacks for row in rows(result)):
        place = _place(row)
        if row.finding.fix and place and _is_editable(place.file):
            fixes.setdefault(Path(os.path.normpath(place.file)), set()).add((place.line, row.finding.fix))
    found = [_fixed(file, fixes[file]) for file in sorted(fixes)]
    return [one for one in found if one.number and one.file.read_bytes() == one.before.encode()]


def _place(row: Row) -> Location | None:
    """Return the line at which the fix of *row* begins; `None` if the code also reads the tag by its old key."""
    fix = row.finding.fix
    if isinstance(fix, AddDefaultTags):
        return fix.location
    return None if isinstance(fix, RenameTag) and _is_read(fix, row.location) else row.location


def _is_read(fix: RenameTag, location: Location) -> bool:
    """Return whether a file beside *location* refers to the tag, as in `tags.owner` or `tags["owner"]`."""
    forms = (f"tags.{fix.old}", f'tags["{fix.old}"]', f"tags_all.{fix.old}", f'tags_all["{fix.old}"]')
    texts = map(_text, sorted(Path(location.file).parent.glob("*.tf")))
    return any(form in text for text in texts for form in forms)


def _is_editable(file: str) -> bool:
    return file.endswith(_SUFFIXES) and _INSTALLED not in Path(file).parts


def _fixed(file: Path, fixes: Iterable[tuple[int, Fix]]) -> FixedFile:
    """Apply *fixes* from the last line to the first: each changes only its line and those below."""
    before = _text(file)
    has_line_feeds = "\r" not in before
    after, number = before.replace("\r\n", "\n"), 0
    for line, fix in sorted(fixes, key=lambda pair: (-pair[0], repr(pair[1]))):
        text = fixed(after, line, fix)
        if text is not None and _is_valid(text):
            after, number = text, number + 1
    return FixedFile(file, before, after if has_line_feeds else after.replace("\n", "\r\n"), number)


def _is_valid(text: str) -> bool:
    try:
        parse(text)
    except HclError:
        return False
    return True


def _text(file: Path) -> str:
    return decode(read_bytes(file), str(file))
