"""The texts of `docs/doctor-states.md`, which real Terraform printed."""

from __future__ import annotations

import re

from plainwork_core.doctor.errors.reading import one_line
from tests.support.doctor_page import PAGE

_SECTION = re.compile(r"^## ([^\n]+)\n\n`terraform \w+`:\n\n```text\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
_NONE = "no error"


def printed_texts() -> dict[str, str]:
    """Return the text of each state for which Terraform printed an error, by the title of the state."""
    sections = _SECTION.findall(PAGE.read_text(encoding="utf-8"))
    return {title: one_line(text) for title, text in sections if text != _NONE}
